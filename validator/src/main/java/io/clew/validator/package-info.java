/** The program behind {@code ./clew validate}. */
@NullMarked
package io.clew.validator;

import org.jspecify.annotations.NullMarked;

/** The whole system on a real broker, and what must hold in every module. */
@NullMarked
package io.clew.it;

import org.jspecify.annotations.NullMarked;

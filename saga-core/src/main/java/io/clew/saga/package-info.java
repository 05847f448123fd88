/** What a saga is and how one input changes it: pure Java, no clock, no randomness, no library. */
@NullMarked
package io.clew.saga;

import org.jspecify.annotations.NullMarked;

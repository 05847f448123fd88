/** Writes definitions in Java; what comes out is the source a person would have written. */
@NullMarked
package io.clew.language.builder;

import org.jspecify.annotations.NullMarked;

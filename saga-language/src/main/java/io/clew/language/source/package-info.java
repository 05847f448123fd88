/** Reads YAML and JSON into one tree whose every node knows its line and column. */
@NullMarked
package io.clew.language.source;

import org.jspecify.annotations.NullMarked;

/** Runs the measurements: starts what they need, compares with the floor, writes the report. */
@NullMarked
package io.clew.benchmark;

import org.jspecify.annotations.NullMarked;

/** Starts the coordinator, wires its rooms together and says how it is. */
@NullMarked
package io.clew.coordinator;

import org.jspecify.annotations.NullMarked;

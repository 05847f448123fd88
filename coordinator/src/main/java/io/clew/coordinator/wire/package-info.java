/** What stands on Kafka and in the store, and how it becomes inputs, events and commands. */
@NullMarked
package io.clew.coordinator.wire;

import org.jspecify.annotations.NullMarked;

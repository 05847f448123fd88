/** Takes the inbox through the saga shell inside Kafka Streams: store, timers, outputs, reads. */
@NullMarked
package io.clew.coordinator.engine;

import org.jspecify.annotations.NullMarked;

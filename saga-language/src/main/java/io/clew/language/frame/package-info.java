/** Confluent's wire frame and the Avro binary in it, without Kafka. */
@NullMarked
package io.clew.language.frame;

import org.jspecify.annotations.NullMarked;

/** Avro values in Confluent's wire frame, and a client for the Confluent schema registry API. */
@NullMarked
package io.clew.avro;

import org.jspecify.annotations.NullMarked;

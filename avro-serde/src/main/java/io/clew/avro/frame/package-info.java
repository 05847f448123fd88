/** What frames hold, read without Kafka. */
@NullMarked
package io.clew.avro.frame;

import org.jspecify.annotations.NullMarked;

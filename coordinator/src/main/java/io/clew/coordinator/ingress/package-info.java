/** Turns business events, and starts over REST, into stamped records of the inbox. */
@NullMarked
package io.clew.coordinator.ingress;

import org.jspecify.annotations.NullMarked;

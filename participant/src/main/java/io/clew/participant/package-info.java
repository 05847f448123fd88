/** Handles the commands of a saga exactly once, whatever the topic delivers how often. */
@NullMarked
package io.clew.participant;

import org.jspecify.annotations.NullMarked;

/**
 * Answers questions about sagas, from this instance's store or by asking the one that owns them.
 */
@NullMarked
package io.clew.coordinator.query;

import org.jspecify.annotations.NullMarked;

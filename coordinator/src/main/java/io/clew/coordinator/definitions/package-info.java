/** Publishes definitions to their topic, reads them back and hands them out. */
@NullMarked
package io.clew.coordinator.definitions;

import org.jspecify.annotations.NullMarked;

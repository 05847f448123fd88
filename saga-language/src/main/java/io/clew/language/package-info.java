/** Saga definitions: YAML or JSON with CEL in, checked and runnable model or all faults out. */
@NullMarked
package io.clew.language;

import org.jspecify.annotations.NullMarked;

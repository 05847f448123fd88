/** Reserves stock and books parcels: the reference participant {@code shipping}. */
@NullMarked
package io.clew.shipping;

import org.jspecify.annotations.NullMarked;

/** Charges customers and refunds them: the reference participant {@code payment}. */
@NullMarked
package io.clew.payment;

import org.jspecify.annotations.NullMarked;

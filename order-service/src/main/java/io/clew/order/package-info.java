/**
 * Takes orders over REST, keeps their business state, and is the reference participant {@code
 * order}.
 */
@NullMarked
package io.clew.order;

import org.jspecify.annotations.NullMarked;

/** Lets people look at shipments and stock over HTTP. */
@NullMarked
package io.clew.shipping.rest;

import org.jspecify.annotations.NullMarked;

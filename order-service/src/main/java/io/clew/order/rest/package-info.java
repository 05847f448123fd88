/** Orders over HTTP, with problems as RFC 9457 wants them. */
@NullMarked
package io.clew.order.rest;

import org.jspecify.annotations.NullMarked;

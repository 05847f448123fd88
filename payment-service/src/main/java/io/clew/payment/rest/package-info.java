/** Lets people look at charges over HTTP. */
@NullMarked
package io.clew.payment.rest;

import org.jspecify.annotations.NullMarked;

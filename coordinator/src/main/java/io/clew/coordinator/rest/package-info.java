/** The coordinator over HTTP: definitions, sagas, incidents and dead letters. */
@NullMarked
package io.clew.coordinator.rest;

import org.jspecify.annotations.NullMarked;

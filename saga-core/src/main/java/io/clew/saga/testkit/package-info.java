/** Scenarios and a seeded simulation of the saga shell; used by tests only. */
@NullMarked
package io.clew.saga.testkit;

import org.jspecify.annotations.NullMarked;

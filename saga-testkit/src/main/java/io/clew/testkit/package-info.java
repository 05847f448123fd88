/** Tests of users' definitions: scenarios with virtual time, and a seeded simulator of faults. */
@NullMarked
package io.clew.testkit;

import org.jspecify.annotations.NullMarked;

/** Customers, a participant and a liar: what a system is to cope with while it is hurt. */
@NullMarked
package io.clew.it.faults.load;

import org.jspecify.annotations.NullMarked;

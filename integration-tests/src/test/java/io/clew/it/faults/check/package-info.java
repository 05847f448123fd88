/** The outsider: what topics and databases say, and whether that is as it has to be. */
@NullMarked
package io.clew.it.faults.check;

import org.jspecify.annotations.NullMarked;

/** Faults on a real cluster, and the table of what an outsider found afterwards. */
@NullMarked
package io.clew.it.faults;

import org.jspecify.annotations.NullMarked;

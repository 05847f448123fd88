/** Faults on a real cluster, and what an outsider finds in topics and databases afterwards. */
@NullMarked
package io.clew.it.faults;

import org.jspecify.annotations.NullMarked;

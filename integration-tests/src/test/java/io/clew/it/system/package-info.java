/** The whole system as tests see it: addresses, topics, books, and the processes to hurt. */
@NullMarked
package io.clew.it.system;

import org.jspecify.annotations.NullMarked;

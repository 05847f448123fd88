/** The programs a measurement consists of, each in a process of its own: driver, worker, floor. */
@NullMarked
package io.clew.benchmark.load;

import org.jspecify.annotations.NullMarked;

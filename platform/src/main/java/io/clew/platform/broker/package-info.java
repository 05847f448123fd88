/** The main program of the broker process; nothing else runs in that process. */
@NullMarked
package io.clew.platform.broker;

import org.jspecify.annotations.NullMarked;

/** The commands behind the {@code clew} script. */
@NullMarked
package io.clew.platform.command;

import org.jspecify.annotations.NullMarked;

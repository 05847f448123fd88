/**
 * The parts of a local Clew platform as real processes: broker, schema registry, PostgreSQL, apps.
 */
@NullMarked
package io.clew.platform;

import org.jspecify.annotations.NullMarked;

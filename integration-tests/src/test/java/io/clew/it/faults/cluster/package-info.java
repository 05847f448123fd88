/** The system that is hurt, as processes on hosts, disks and links of their own. */
@NullMarked
package io.clew.it.faults.cluster;

import org.jspecify.annotations.NullMarked;

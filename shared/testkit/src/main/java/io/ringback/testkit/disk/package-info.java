/** Disks that fail as real ones do. */
package io.ringback.testkit.disk;

/** Real SDK clients at the embedded emulators, with faults and meters between them. */
package io.ringback.aws.emulated;

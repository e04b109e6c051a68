/** What functions do before a snapshot of them is taken (SnapStart). Imports environment, wire and core. */
package io.ringback.aws.snapshot;

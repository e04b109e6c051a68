/** baresip, a softphone that is not ours, as a user in tests: configured, started, steered over TCP, ended by its handle. */
package io.ringback.testkit.baresip;

/** Networks that mean harm, for tests of what we connect to. Imports nothing of ours. */
package io.ringback.testkit.network;

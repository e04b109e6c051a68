/** Networks that mean harm, for tests of what we connect to, and port numbers that stay free. Imports nothing of ours. */
package io.ringback.testkit.network;

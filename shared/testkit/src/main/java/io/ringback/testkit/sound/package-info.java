/**
 * Judges of sound and of RTP streams for tests. They share nothing with the code that they judge: tables are literal,
 * files are read by the platform.
 */
package io.ringback.testkit.sound;

/**
 * Runs functions as the cloud would: built through their no-argument constructor, with the settings, secrets and
 * permissions that the template gives them, one invocation at a time each, cut off at their time-out. Imports
 * {@code template}.
 */
package io.ringback.local.runtime;

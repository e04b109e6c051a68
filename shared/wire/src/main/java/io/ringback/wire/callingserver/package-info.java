/**
 * The native dialect, {@code api-version=2021-06-15-preview}: requests to commands, calls and outcomes to answers,
 * events to CloudEvents. Source: the contract of the native API, §1 to §4 and §7. Imports core and {@code wire.json}.
 */
package io.ringback.wire.callingserver;

/**
 * JSON of each API version, CloudEvents, errors, the access-key check, the protocol of the media gateway. Imports core.
 */
package io.ringback.wire;

/**
 * What a later life of the gateway has to know, on disk: dialogs, orders taken, events reported, recordings begun.
 * Imports {@code sip} for the dialogs, core and wire.
 */
package io.ringback.gateway.journal;

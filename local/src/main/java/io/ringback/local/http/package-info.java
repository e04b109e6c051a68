/**
 * The API gateway: routes of the template over HTTP and HTTPS, events and error bodies as an HTTP API makes them.
 * Imports {@code template} and {@code runtime}.
 */
package io.ringback.local.http;

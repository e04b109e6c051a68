/**
 * Requests that may be sent again: what their headers say, and how a first answer is kept. Source: native API §7, which
 * follows the OASIS specification Repeatable Requests 1.0. Imports {@code wire.json} and core.
 */
package io.ringback.wire.repeat;

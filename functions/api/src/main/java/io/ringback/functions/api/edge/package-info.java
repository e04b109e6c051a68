/**
 * What every operation of the API has in common, once: authentication, API version, limits of bodies, errors, the
 * request log. Imports core and wire.
 */
package io.ringback.functions.api.edge;

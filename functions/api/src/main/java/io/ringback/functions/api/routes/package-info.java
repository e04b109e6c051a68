/** The routes of the API as {@code template.yaml} has them. */
package io.ringback.functions.api.routes;

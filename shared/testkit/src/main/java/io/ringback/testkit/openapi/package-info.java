/** Judges answers, requests and events by the OpenAPI document, with a JSON Schema validator that is not ours. */
package io.ringback.testkit.openapi;

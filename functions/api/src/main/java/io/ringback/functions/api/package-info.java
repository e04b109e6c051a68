/**
 * One class for each operation of the API, as {@code template.yaml} names them. A function says what it decodes, which
 * use case it calls and how the outcome is encoded; everything else is the {@code edge}'s. Imports core, wire and aws.
 */
package io.ringback.functions.api;

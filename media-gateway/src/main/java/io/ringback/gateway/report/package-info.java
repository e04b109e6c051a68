/** Carries events to the queue until they are applied, and tells the directory of gateways that we live. */
package io.ringback.gateway.report;

/** What protects several doors of the gateway alike. Imports nothing of it. */
package io.ringback.gateway.guard;

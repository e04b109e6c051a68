/** What the domain needs from outside. Imports the packages of values. */
package io.ringback.core.port;

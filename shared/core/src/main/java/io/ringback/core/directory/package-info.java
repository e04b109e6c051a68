/** Who is told of calls and who can be called: event subscriptions, identities, registrations. Imports {@code call} only. */
package io.ringback.core.directory;

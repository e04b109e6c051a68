/**
 * Puts the local stack together: emulators, functions, API, triggers, media gateway, telephone network, all on one data
 * folder. Imports everything else of the local stack but {@code command}.
 */
package io.ringback.local.stack;

/** The one way in which a call changes: load, decide, commit, poke. Imports everything else of core. */
package io.ringback.core.application;

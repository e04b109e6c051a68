package io.ringback.local.phones;

import javax.sip.SipProvider;

/**
 * What all calls share.
 *
 * @param signalling the thread that owns every call's state
 */
record Telephony(SipProvider provider, SipWriter writer, SerialThread signalling, SoundRoom room) {}

package io.ringback.local.phones;

import java.net.InetSocketAddress;
import java.util.OptionalInt;

/**
 * What the far side's description says about its audio, and what of it the phone chose.
 *
 * @param rtp where it wants to receive
 * @param payloadType its number for that law
 * @param telephoneEvent its number for telephone events at 8 kHz, if it takes them
 * @param receives false when the phone must not send: it is held, or the address is void
 */
record RemoteAudio(InetSocketAddress rtp, G711 law, int payloadType, OptionalInt telephoneEvent, boolean receives) {}

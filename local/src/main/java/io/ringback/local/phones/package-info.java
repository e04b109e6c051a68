/**
 * The simulated phone network: phones that ring, talk, listen and press keys over real SIP and RTP.
 *
 * <p>They are the gateway's judge, so they share nothing with it: JAIN-SIP carries the signalling; codec tables, RTP and
 * telephone-event packets are literal values of G.711, RFC 3550 and RFC 4733 that stand here a second time on purpose.
 * Imports nothing else of ours.
 */
package io.ringback.local.phones;

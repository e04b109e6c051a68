/**
 * RTP and RTCP (RFC 3550) as far as one leg needs them: packets as views over byte arrays, what a sender and a receiver
 * count, and the rule from whom to accept. Imports {@code java.*} only; sockets are the caller's.
 */
package io.ringback.media.rtp;

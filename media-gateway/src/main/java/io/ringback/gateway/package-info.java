/**
 * The media gateway: a back-to-back user agent that carries the sound of calls.
 *
 * <p>{@code sip} speaks SIP, {@code sdp} negotiates media, {@code rtp} owns the sockets and the pace, {@code prompt}
 * fetches and speaks, {@code recording} writes files, {@code journal} remembers on disk, {@code call} holds the calls,
 * {@code control} is the API for the media worker, {@code report} carries events to the queue; {@code task} and {@code
 * guard} serve several of them.
 */
package io.ringback.gateway;

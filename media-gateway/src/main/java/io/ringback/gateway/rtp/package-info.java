/**
 * The sound of calls on the network: sockets, the threads that read and pace them, the mix of each call. Imports
 * {@code call} for the port that it implements, {@code sdp} and media.
 */
package io.ringback.gateway.rtp;

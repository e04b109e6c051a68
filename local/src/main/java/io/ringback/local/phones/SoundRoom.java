package io.ringback.local.phones;

import java.net.InetAddress;
import java.util.function.LongSupplier;

/**
 * What the sound of all calls shares.
 *
 * @param bind where RTP sockets are bound
 * @param media the thread that owns every session's state
 * @param nanoTime monotonic
 * @param keptSamples how much of the decoded sound of a call is kept
 */
record SoundRoom(
        InetAddress bind,
        LineProfile line,
        SerialThread media,
        RtpReceiver receiver,
        LongSupplier nanoTime,
        int keptSamples) {}

package io.ringback.media.record;

import java.io.IOException;

/** Takes recorded sound, on the thread that owns its file. */
@FunctionalInterface
public interface FrameSink {
    /** Appends samples. */
    void write(short[] samples, int offset, int count) throws IOException;
}

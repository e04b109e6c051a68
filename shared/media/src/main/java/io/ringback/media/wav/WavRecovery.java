package io.ringback.media.wav;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Makes a file of {@link WavWriter}'s whole again after its process was killed: its length on disk is the truth. */
public final class WavRecovery {
    private WavRecovery() {}

    /**
     * Cuts off a half-written frame and patches the header.
     *
     * @return samples of each channel in the file
     * @throws WavFormatException if the file is none of ours, or not even its header was written
     */
    public static long repair(Path path) throws IOException {
        return repair(path, WavHeader.RIFF_LIMIT);
    }

    static long repair(Path path, long riffLimit) throws IOException {
        try (FileChannel file = FileChannel.open(path, READ, WRITE)) {
            byte[] bytes = new byte[WavHeader.bytes(1)];
            ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            while (header.hasRemaining() && file.read(header, header.position()) >= 0) {
                // until the header is whole or the file ends
            }
            int channels = header.getShort(58);
            int sampleRate = header.getInt(60);
            if (header.hasRemaining() || !WavReader.isWav(bytes) || !isOurs(header) || channels < 1 || sampleRate < 1) {
                throw new WavFormatException("no recording to recover: " + path.getFileName());
            }
            int headerBytes = WavHeader.bytes(channels);
            long frames = Math.max(0, file.size() - headerBytes) / (2L * channels);
            long dataBytes = frames * 2 * channels;
            file.truncate(headerBytes + dataBytes);
            new WavWriter(file, sampleRate, channels, dataBytes, riffLimit).close();
            return frames;
        }
    }

    private static boolean isOurs(ByteBuffer header) {
        boolean manyChannels = header.getShort(58) > 2;
        return header.getInt(48) == 0x20746D66 // "fmt "
                && (manyChannels || header.getInt(72) == 0x61746164); // "data"
    }
}

package io.ringback.gateway.prompt;

import io.ringback.media.Sound;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.SampleBuffer;

/** Decodes MP3 files by JLayer, bounded in length. */
final class Mp3Decoder {
    /**
     * Mono samples of one file. A file within the limit of a download may unpack to forty times its size, and several are
     * decoded at a time; so many are 12 minutes at 44.1 kHz.
     */
    static final int MOST_SAMPLES = 32 << 20;

    private static final int TAG_HEADER = 10;

    private Mp3Decoder() {}

    /** Whether the file begins with an ID3 tag or with the header of an MPEG audio frame of layer III. */
    static boolean isMp3(byte[] file) {
        if (file.length < 4) {
            return false;
        }
        boolean frame = (file[0] & 0xFF) == 0xFF && (file[1] & 0xE0) == 0xE0 && (file[1] & 0x06) == 0x02;
        return isTag(file, 0) || frame;
    }

    /**
     * Where the tags in front of the sound end (ID3v2 §3.1). JLayer would make room for whatever length a tag claims,
     * up to 256 MiB.
     */
    private static int afterTags(byte[] file) throws WrongFormatException {
        long at = 0;
        while (at + TAG_HEADER <= file.length && isTag(file, (int) at)) {
            long length = 0;
            for (int i = 6; i < TAG_HEADER; i++) {
                length = (length << 7) | (file[(int) at + i] & 0x7F);
            }
            at += TAG_HEADER + length;
        }
        if (at > file.length) {
            throw new WrongFormatException("it is an MP3 file whose tag is longer than the file");
        }
        return (int) at;
    }

    private static boolean isTag(byte[] file, int at) {
        return file[at] == 'I' && file[at + 1] == 'D' && file[at + 2] == '3';
    }

    static Sound decode(byte[] file) throws WrongFormatException {
        int start = afterTags(file);
        Bitstream stream = new Bitstream(new ByteArrayInputStream(file, start, file.length - start));
        Decoder decoder = new Decoder();
        int rate = 0;
        int channels = 0;
        short[] samples = new short[0];
        int length = 0;
        try {
            for (Header header = stream.readFrame(); header != null; header = stream.readFrame()) {
                SampleBuffer decoded = (SampleBuffer) decoder.decodeFrame(header, stream);
                stream.closeFrame();
                if (rate == 0) {
                    rate = decoded.getSampleFrequency();
                    channels = decoded.getChannelCount();
                } else if (rate != decoded.getSampleFrequency() || channels != decoded.getChannelCount()) {
                    throw new WrongFormatException("it is an MP3 file that changes its rate or channels midway");
                }
                int count = decoded.getBufferLength() / channels;
                if (length + count > (long) AudioDecoder.LONGEST_SECONDS * rate) {
                    throw new WrongFormatException(
                            "it sounds for more than " + AudioDecoder.LONGEST_SECONDS / 60 + " minutes");
                }
                if (length + count > MOST_SAMPLES) {
                    throw new WrongFormatException("it unpacks to more than " + MOST_SAMPLES + " samples");
                }
                if (length + count > samples.length) {
                    samples = Arrays.copyOf(samples, Math.max(2 * samples.length, length + count));
                }
                mix(decoded.getBuffer(), channels, samples, length, count);
                length += count;
            }
        } catch (BitstreamException | DecoderException e) {
            throw new WrongFormatException("it is a damaged MP3 file: " + e.getMessage());
        }
        if (length == 0) {
            throw new WrongFormatException("it is an MP3 file without sound");
        }
        return new Sound(rate, 1, Arrays.copyOf(samples, length));
    }

    /** To mono while it is decoded: what is not kept costs no memory. */
    private static void mix(short[] decoded, int channels, short[] samples, int from, int count) {
        for (int i = 0; i < count; i++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += decoded[i * channels + channel];
            }
            samples[from + i] = (short) (sum / channels);
        }
    }
}

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
    private Mp3Decoder() {}

    /** Whether the file begins with an ID3 tag or with the header of an MPEG audio frame of layer III. */
    static boolean isMp3(byte[] file) {
        if (file.length < 4) {
            return false;
        }
        boolean tag = file[0] == 'I' && file[1] == 'D' && file[2] == '3';
        boolean frame = (file[0] & 0xFF) == 0xFF && (file[1] & 0xE0) == 0xE0 && (file[1] & 0x06) == 0x02;
        return tag || frame;
    }

    static Sound decode(byte[] file) throws WrongFormatException {
        Bitstream stream = new Bitstream(new ByteArrayInputStream(file));
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
                int count = decoded.getBufferLength();
                if (length + count > (long) AudioDecoder.LONGEST_SECONDS * rate * channels) {
                    throw new WrongFormatException(
                            "it sounds for more than " + AudioDecoder.LONGEST_SECONDS / 60 + " minutes");
                }
                if (length + count > samples.length) {
                    samples = Arrays.copyOf(samples, Math.max(2 * samples.length, length + count));
                }
                System.arraycopy(decoded.getBuffer(), 0, samples, length, count);
                length += count;
            }
        } catch (BitstreamException | DecoderException e) {
            throw new WrongFormatException("it is a damaged MP3 file: " + e.getMessage());
        }
        if (length == 0) {
            throw new WrongFormatException("it is an MP3 file without sound");
        }
        return new Sound(rate, channels, Arrays.copyOf(samples, length / channels * channels));
    }
}

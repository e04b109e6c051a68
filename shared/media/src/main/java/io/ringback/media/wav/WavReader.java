package io.ringback.media.wav;

import io.ringback.media.Sound;
import io.ringback.media.codec.G711;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads WAV files of 16-bit PCM, µ-law or A-law at 8 to 48 kHz, mono or stereo, plain or with an extensible format
 * chunk. Chunks that it does not know are skipped. A data chunk that claims more than there is, as a stream of unknown
 * length or a file cut short does, holds what is there.
 *
 * <p>The file is an array that the caller has bounded; nothing larger than four times that is allocated.
 */
public final class WavReader {
    private static final String ACCEPTED =
            "; accepted are WAV files of 16-bit PCM, µ-law or A-law, 8 to 48 kHz, mono or stereo";
    private static final int EXTENSIBLE = 0xFFFE;

    /** Where the format code stands in an extensible format chunk: the first bytes of its GUID. */
    private static final int SUBFORMAT = 24;

    private final ByteBuffer file;
    private @Nullable ByteBuffer format;
    private @Nullable ByteBuffer data;

    private WavReader(byte[] file) {
        this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether these bytes begin as a WAV file does. */
    public static boolean isWav(byte[] file) {
        return file.length >= 12
                && (tag(file, 0).equals("RIFF") || tag(file, 0).equals("RF64"))
                && tag(file, 8).equals("WAVE");
    }

    /**
     * Decodes a whole file.
     *
     * @throws WavFormatException if it is none that we play
     */
    public static Sound read(byte[] file) throws WavFormatException {
        if (!isWav(file)) {
            throw unsupported("not a WAV file");
        }
        WavReader reader = new WavReader(file);
        reader.findChunks();
        return reader.decode();
    }

    private void findChunks() {
        long at = 12;
        while (data == null && at + 8 <= file.limit()) {
            int start = (int) at;
            String id = tag(file.array(), start);
            long claimed = file.getInt(start + 4) & 0xFFFF_FFFFL;
            int size = (int) Math.min(claimed, file.limit() - start - 8);
            ByteBuffer body = file.slice(start + 8, size).order(ByteOrder.LITTLE_ENDIAN);
            if (id.equals("fmt ")) {
                format = body;
            } else if (id.equals("data")) {
                data = body;
            }
            at += 8 + claimed + (claimed & 1);
        }
    }

    private Sound decode() throws WavFormatException {
        ByteBuffer fmt = format;
        if (fmt == null || fmt.limit() < 16) {
            throw unsupported("a WAV file without a whole format chunk before its data");
        }
        ByteBuffer sound = data;
        if (sound == null) {
            throw unsupported("a WAV file without a data chunk");
        }
        int code = Short.toUnsignedInt(fmt.getShort(0));
        if (code == EXTENSIBLE && fmt.limit() >= SUBFORMAT + 2) {
            code = Short.toUnsignedInt(fmt.getShort(SUBFORMAT));
        }
        int channels = Short.toUnsignedInt(fmt.getShort(2));
        int sampleRate = fmt.getInt(4);
        int bits = Short.toUnsignedInt(fmt.getShort(14));
        if (channels < 1 || channels > 2) {
            throw unsupported("a WAV file of " + channels + " channels");
        }
        if (sampleRate < 8000 || sampleRate > 48000) {
            throw unsupported("a WAV file of " + Integer.toUnsignedString(sampleRate) + " samples per second");
        }
        short[] samples = samples(code, bits, sound, channels);
        if (samples.length == 0) {
            throw unsupported("a WAV file without sound");
        }
        return new Sound(sampleRate, channels, samples);
    }

    private static short[] samples(int code, int bits, ByteBuffer sound, int channels) throws WavFormatException {
        if (code == 1 && bits == 16) {
            short[] samples = new short[sound.limit() / 2 / channels * channels];
            sound.asShortBuffer().get(samples);
            return samples;
        }
        if ((code == 6 || code == 7) && bits == 8) {
            G711 law = code == 6 ? G711.A_LAW : G711.MU_LAW;
            short[] samples = new short[sound.limit() / channels * channels];
            law.decode(sound.array(), sound.arrayOffset(), samples.length, samples, 0);
            return samples;
        }
        throw unsupported("a WAV file of " + bits + "-bit " + name(code));
    }

    private static String name(int code) {
        return switch (code) {
            case 1 -> "PCM";
            case 2, 17 -> "ADPCM";
            case 3 -> "floating point";
            case 6 -> "A-law";
            case 7 -> "µ-law";
            case 49 -> "GSM 6.10";
            case 85 -> "MP3";
            default -> "coding " + code;
        };
    }

    private static WavFormatException unsupported(String found) {
        return new WavFormatException(found + ACCEPTED);
    }

    private static String tag(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }
}

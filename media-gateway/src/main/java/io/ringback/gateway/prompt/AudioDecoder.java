package io.ringback.gateway.prompt;

import io.ringback.media.AudioFormat;
import io.ringback.media.Sound;
import io.ringback.media.wav.WavFormatException;
import io.ringback.media.wav.WavReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the bytes of a file into sound, by what they are and not by what they are called. */
final class AudioDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(AudioDecoder.class);

    /** The longest prompt: 30 minutes. */
    static final int LONGEST_SECONDS = 30 * 60;

    private static final String ACCEPTED =
            "; accepted are WAV (16-bit PCM, µ-law, A-law; 8 to 48 kHz; mono, stereo)" + " and MP3";

    private AudioDecoder() {}

    /**
     * Decodes a file to mono at the mixing rate.
     *
     * @throws WrongFormatException if it is no audio that we play; the message says what it is instead
     */
    static short[] decode(byte[] file) throws WrongFormatException {
        try {
            Sound sound = WavReader.isWav(file) ? WavReader.read(file) : decodeOther(file);
            if (sound.frames() > (long) LONGEST_SECONDS * sound.sampleRate()) {
                throw new WrongFormatException("it sounds for more than " + LONGEST_SECONDS / 60 + " minutes");
            }
            return sound.toMono(AudioFormat.NARROWBAND);
        } catch (WavFormatException e) {
            throw new WrongFormatException("it is " + e.getMessage());
        } catch (RuntimeException e) {
            // Decoders of formats this loose find ever new ways to fail on crafted files.
            LOG.debug("an audio file broke its decoder", e);
            throw new WrongFormatException("it is damaged");
        }
    }

    private static Sound decodeOther(byte[] file) throws WrongFormatException {
        if (Mp3Decoder.isMp3(file)) {
            return Mp3Decoder.decode(file);
        }
        throw new WrongFormatException("it is " + kind(file) + ACCEPTED);
    }

    private static String kind(byte[] file) {
        String start = new String(file, 0, Math.min(file.length, 64), StandardCharsets.ISO_8859_1);
        String trimmed = start.stripLeading().toLowerCase(Locale.ROOT);
        if (file.length == 0) {
            return "empty";
        } else if (trimmed.startsWith("<!doctype html") || trimmed.startsWith("<html")) {
            return "a web page";
        } else if (trimmed.startsWith("{") || trimmed.startsWith("<?xml")) {
            return "text";
        } else if (start.startsWith("OggS")) {
            return "an Ogg file";
        } else if (start.startsWith("fLaC")) {
            return "a FLAC file";
        } else if (start.startsWith("ftyp", 4)) {
            return "an MP4 file";
        } else if (start.startsWith("FORM")) {
            return "an AIFF file";
        }
        return "no audio";
    }
}

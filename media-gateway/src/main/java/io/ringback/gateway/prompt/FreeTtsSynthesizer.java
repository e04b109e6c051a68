package io.ringback.gateway.prompt;

import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import io.ringback.media.Sound;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The embedded synthesizer: FreeTTS with its two general US English voices, {@code kevin16} and the narrower
 * {@code kevin}. The voices are taken from their directory class, because FreeTTS' own discovery looks for files beside
 * its jar, which a class path need not have.
 */
public final class FreeTtsSynthesizer implements SpeechSynthesizer {
    private static final String DEFAULT = "kevin16";

    /** FreeTTS keeps state in static fields: in a process it speaks one text at a time, whoever asks. */
    private static final Object ENGINE = new Object();

    private final Map<String, Voice> voices = new LinkedHashMap<>();

    public FreeTtsSynthesizer() {
        Voice[] found = new KevinVoiceDirectory().getVoices();
        for (Voice voice : found) {
            if (voice.getName().equals(DEFAULT)) {
                voices.put(DEFAULT, voice);
            }
        }
        for (Voice voice : found) {
            voices.putIfAbsent(voice.getName(), voice);
        }
    }

    @Override
    public List<String> voices() {
        return List.copyOf(voices.keySet());
    }

    @Override
    public Sound speak(String text, @Nullable String voiceName) throws IOException {
        Voice voice = voices.get(voiceName == null ? DEFAULT : voiceName);
        if (voice == null) {
            throw new IOException("there is no voice " + voiceName + "; there are " + String.join(", ", voices()));
        }
        synchronized (ENGINE) {
            if (!voice.isLoaded()) {
                voice.allocate();
            }
            CapturedSpeech speech = new CapturedSpeech();
            voice.setAudioPlayer(speech);
            if (!voice.speak(text)) {
                throw new IOException("the synthesizer could not speak the text");
            }
            return speech.sound();
        }
    }

    @Override
    public void close() {
        synchronized (ENGINE) {
            voices.values().stream().filter(Voice::isLoaded).forEach(Voice::deallocate);
        }
    }
}

package io.ringback.gateway.prompt;

import io.ringback.media.Sound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.polly.PollyClient;
import software.amazon.awssdk.services.polly.model.Engine;
import software.amazon.awssdk.services.polly.model.OutputFormat;
import software.amazon.awssdk.services.polly.model.SynthesizeSpeechResponse;
import software.amazon.awssdk.services.polly.model.VoiceId;

/**
 * Amazon Polly's neural voices, at the rate of the telephone. Never run against AWS: its tests let the SDK's client talk
 * to a stand-in.
 */
public final class PollySynthesizer implements SpeechSynthesizer {
    private static final int RATE = 8000;

    /** Ten minutes: beyond, the text was no prompt. */
    private static final int MOST_BYTES = 10 * 60 * RATE * 2;

    private final PollyClient polly;

    /** Takes over the client. */
    public PollySynthesizer(PollyClient polly) {
        this.polly = polly;
    }

    /** All that this SDK knows; not each of them speaks in every region. */
    @Override
    public List<String> voices() {
        return Stream.concat(Stream.of(VoiceId.JOANNA), VoiceId.knownValues().stream())
                .map(VoiceId::toString)
                .distinct()
                .toList();
    }

    @Override
    public Sound speak(String text, @Nullable String voice) throws IOException {
        try (ResponseInputStream<SynthesizeSpeechResponse> speech = polly.synthesizeSpeech(request -> request.text(text)
                .voiceId(voice == null ? VoiceId.JOANNA.toString() : voice)
                .engine(Engine.NEURAL)
                .outputFormat(OutputFormat.PCM)
                .sampleRate(Integer.toString(RATE)))) {
            byte[] bytes = speech.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                speech.abort();
                throw new IOException("the text takes more than ten minutes to speak");
            }
            if (bytes.length < 2) {
                throw new IOException("the text has nothing to speak");
            }
            short[] samples = new short[bytes.length / 2];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(samples);
            return new Sound(RATE, 1, samples);
        } catch (SdkException e) {
            throw new IOException("Amazon Polly refused it: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        polly.close();
    }
}

package io.ringback.gateway.prompt;

import com.sun.speech.freetts.audio.AudioPlayer;
import io.ringback.media.Sound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;

/** Takes what FreeTTS would play. Its other methods have nothing to do: nothing sounds here. */
final class CapturedSpeech implements AudioPlayer {
    /** Ten minutes at 16 kHz: beyond, the text was no prompt. */
    private static final int MOST_BYTES = 10 * 60 * 16000 * 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private AudioFormat format = new AudioFormat(16000, 16, 1, true, true);

    /** All that was spoken. */
    Sound sound() throws IOException {
        if (bytes.size() > MOST_BYTES) {
            throw new IOException("the text takes more than ten minutes to speak");
        }
        if (bytes.size() < 2) {
            throw new IOException("the text has nothing to speak");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray())
                .order(format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        short[] samples = new short[bytes.size() / 2];
        buffer.asShortBuffer().get(samples);
        return new Sound((int) format.getSampleRate(), 1, samples);
    }

    @Override
    public boolean write(byte[] audio) {
        return write(audio, 0, audio.length);
    }

    @Override
    public boolean write(byte[] audio, int offset, int length) {
        if (bytes.size() <= MOST_BYTES) {
            bytes.write(audio, offset, length);
        }
        return true;
    }

    @Override
    public void setAudioFormat(AudioFormat next) {
        format = next;
    }

    @Override
    public AudioFormat getAudioFormat() {
        return format;
    }

    @Override
    public void begin(int size) {}

    @Override
    public boolean end() {
        return true;
    }

    @Override
    public boolean drain() {
        return true;
    }

    @Override
    public float getVolume() {
        return 1;
    }

    @Override
    public void setVolume(float volume) {}

    @Override
    public long getTime() {
        return 0;
    }

    @Override
    public void resetTime() {}

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void reset() {}

    @Override
    public void cancel() {}

    @Override
    public void close() {}

    @Override
    public void startFirstSampleTimer() {}

    @Override
    public void showMetrics() {}
}

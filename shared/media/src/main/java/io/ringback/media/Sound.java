package io.ringback.media;

/** Decoded sound as a file held it: 16-bit linear samples, channels interleaved. */
public final class Sound {
    private final int sampleRate;
    private final int channels;
    private final short[] samples;

    /**
     * Takes over {@code samples}.
     *
     * @param samples of {@code channels} channels, interleaved
     */
    public Sound(int sampleRate, int channels, short[] samples) {
        if (sampleRate <= 0 || channels <= 0 || samples.length % channels != 0) {
            throw new IllegalArgumentException(
                    samples.length + " samples of " + channels + " channels at " + sampleRate + " Hz");
        }
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.samples = samples;
    }

    /** Samples per second of each channel. */
    public int sampleRate() {
        return sampleRate;
    }

    /** 1 for mono, 2 for stereo. */
    public int channels() {
        return channels;
    }

    /** Samples of each channel. */
    public int frames() {
        return samples.length / channels;
    }

    /** All samples, channels interleaved; not a copy. */
    public short[] samples() {
        return samples;
    }

    /** This sound as a call plays it: one channel, the mean of all, at the format's rate. */
    public short[] toMono(AudioFormat format) {
        short[] mono = channels == 1 ? samples : mean();
        return sampleRate == format.sampleRate() ? mono : new Resampler(sampleRate, format.sampleRate()).resample(mono);
    }

    private short[] mean() {
        short[] mono = new short[frames()];
        for (int frame = 0; frame < mono.length; frame++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += samples[frame * channels + channel];
            }
            mono[frame] = (short) (sum / channels);
        }
        return mono;
    }
}

package io.ringback.local.phones;

/** One line of a spectrum, by correlation with a sine. */
final class Spectrum {
    private Spectrum() {}

    /** Level of this frequency over all samples at 8 kHz, relative to a full-scale sine. */
    static double levelDbfs(short[] samples, double hertz) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < samples.length; i++) {
            real += samples[i] * Math.cos(2 * Math.PI * hertz * i / 8000);
            imaginary += samples[i] * Math.sin(2 * Math.PI * hertz * i / 8000);
        }
        return 20 * Math.log10(2 * Math.hypot(real, imaginary) / samples.length / 32768 + 1e-9);
    }
}

package io.ringback.testkit.sound;

/** The discrete Fourier transform, in place, of a power of two of complex values. */
final class Fourier {
    private Fourier() {}

    static void transform(double[] real, double[] imaginary, boolean inverse) {
        int n = real.length;
        for (int i = 1, j = 0; i < n; i++) {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                swap(real, i, j);
                swap(imaginary, i, j);
            }
        }
        double[] cos = new double[n / 2];
        double[] sin = new double[n / 2];
        for (int k = 0; k < n / 2; k++) {
            cos[k] = Math.cos(2 * Math.PI * k / n);
            sin[k] = (inverse ? 1 : -1) * Math.sin(2 * Math.PI * k / n);
        }
        for (int length = 2; length <= n; length <<= 1) {
            int stride = n / length;
            for (int block = 0; block < n; block += length) {
                for (int k = 0; k < length / 2; k++) {
                    int i = block + k;
                    int j = i + length / 2;
                    double re = real[j] * cos[k * stride] - imaginary[j] * sin[k * stride];
                    double im = real[j] * sin[k * stride] + imaginary[j] * cos[k * stride];
                    real[j] = real[i] - re;
                    imaginary[j] = imaginary[i] - im;
                    real[i] += re;
                    imaginary[i] += im;
                }
            }
        }
    }

    private static void swap(double[] values, int i, int j) {
        double kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }
}

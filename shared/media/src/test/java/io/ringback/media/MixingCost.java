package io.ringback.media;

/** Prints what a cycle costs, as a share of its 20 ms: a figure to look at, not a test. */
final class MixingCost {
    private static final int CYCLES = 3000;

    private MixingCost() {}

    public static void main(String[] arguments) {
        for (int rate : new int[] {8000, 16000}) {
            for (int legs : new int[] {1, 2, 10, 50}) {
                print(rate, legs, false);
                print(rate, legs, true);
            }
        }
    }

    private static void print(int rate, int legs, boolean inBand) {
        WholePath path = new WholePath(new AudioFormat(rate), legs, inBand);
        int sum = path.run(CYCLES);
        long start = System.nanoTime();
        sum += path.run(CYCLES);
        double millis = (System.nanoTime() - start) / 1e6 / CYCLES;
        System.out.printf(
                "%5d Hz, %2d legs%s: %.3f ms a cycle, %.1f %% of its time, %.0f times faster than needed (%d)%n",
                rate,
                legs,
                inBand ? " with search for keys in the sound" : "",
                millis,
                100 * millis / AudioFormat.CYCLE_MILLIS,
                AudioFormat.CYCLE_MILLIS / millis,
                sum & 1);
    }
}

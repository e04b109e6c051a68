package io.ringback.media;

/** Prints what a cycle costs, as a share of its 20 ms: a figure to look at, not a test. */
final class MixingCost {
    private static final int CYCLES = 3000;

    private MixingCost() {}

    public static void main(String[] arguments) {
        for (int legs : new int[] {1, 2, 10, 50}) {
            print(legs, false);
            print(legs, true);
        }
    }

    private static void print(int legs, boolean inBand) {
        WholePath path = new WholePath(legs, inBand);
        int sum = path.run(CYCLES);
        long start = System.nanoTime();
        sum += path.run(CYCLES);
        double millis = (System.nanoTime() - start) / 1e6 / CYCLES;
        System.out.printf(
                "%2d legs%s: %.3f ms a cycle, %.1f %% of its time, %.0f times faster than needed (%d)%n",
                legs,
                inBand ? " with search for keys in the sound" : "",
                millis,
                100 * millis / AudioFormat.CYCLE_MILLIS,
                AudioFormat.CYCLE_MILLIS / millis,
                sum & 1);
    }
}

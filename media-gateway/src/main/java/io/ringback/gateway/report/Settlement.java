package io.ringback.gateway.report;

/**
 * How many of the legs that were reserved on this gateway in this life are reserved no longer.
 *
 * <p>A leg is, when its dial has come. Of some the dial never comes, and nobody tells: what was reserved two heartbeats
 * ago is taken for settled, whatever has come.
 */
final class Settlement {
    /** Legs that were settled without having come; below 0 where more came than were reserved. */
    private long correction;

    /** Reserved at the heartbeat before, and at the one before that. */
    private long before;

    private long earlier;

    /**
     * The figure for a heartbeat.
     *
     * @param came how many dials have come in this life
     */
    long settled(long came) {
        return Math.max(came + correction, earlier);
    }

    /**
     * Takes the answer to that heartbeat.
     *
     * @param reserved how many legs were ever reserved in this life
     */
    void learn(long came, long reserved) {
        correction = Math.min(settled(came), reserved) - came;
        earlier = before;
        before = reserved;
    }
}

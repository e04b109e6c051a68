package io.ringback.local.phones;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What one phone went through in one call: a judge's view of what the gateway really did. Thread-safe. */
public final class CallTrace {
    private final String number;
    private final String legId;
    private final int keptPackets;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final TraceFile file;
    private final List<PhoneEvent> events = new ArrayList<>();
    private final List<HeardPrompt> prompts = new ArrayList<>();
    private final List<ReceivedPacket> packets = new ArrayList<>();
    private long packetCount;
    private long rtcpCount;
    private long invalidCount;
    private Supplier<short[]> heard = () -> new short[0];

    CallTrace(String number, String legId, int keptPackets, Clock clock, LongSupplier nanoTime, TraceFile file) {
        this.number = number;
        this.legId = legId;
        this.keptPackets = keptPackets;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.file = file;
    }

    /** The user part of the URI that was dialled, e.g. {@code +15550100101}. */
    public String number() {
        return number;
    }

    /** The INVITE's {@code X-Ringback-Leg}; empty when it had none. */
    public String legId() {
        return legId;
    }

    /** What happened so far, in order. */
    public synchronized List<PhoneEvent> events() {
        return List.copyOf(events);
    }

    /** The first event of this kind, if it happened yet. */
    public Optional<PhoneEvent> first(PhoneEvent.Kind kind) {
        return events().stream().filter(event -> event.kind() == kind).findFirst();
    }

    /** The prompts heard to their end so far. */
    public synchronized List<HeardPrompt> prompts() {
        return List.copyOf(prompts);
    }

    /** The first RTP packets of the call, in order of arrival and untouched by the line profile; bounded. */
    public synchronized List<ReceivedPacket> packets() {
        return List.copyOf(packets);
    }

    /** How many RTP packets came, kept or not. */
    public synchronized long packetCount() {
        return packetCount;
    }

    /** How many RTCP packets came. */
    public synchronized long rtcpCount() {
        return rtcpCount;
    }

    /** How many datagrams at the RTP port were no RTP. */
    public synchronized long invalidCount() {
        return invalidCount;
    }

    /**
     * The decoded sound from the phone's answer on, linear, 8 kHz: what was lost on the line is silence. Bounded, and up
     * to 200 ms behind.
     */
    public short[] heard() {
        Supplier<short[]> source;
        synchronized (this) {
            source = heard;
        }
        return source.get();
    }

    void record(PhoneEvent.Kind kind, String detail) {
        PhoneEvent event = new PhoneEvent(clock.instant(), nanoTime.getAsLong(), kind, detail);
        synchronized (this) {
            events.add(event);
        }
        file.write(number, legId, event);
    }

    void record(HeardPrompt prompt) {
        synchronized (this) {
            prompts.add(prompt);
        }
        record(PhoneEvent.Kind.PROMPT_ENDED, prompt.fromMs() + "–" + prompt.toMs());
    }

    synchronized void record(ReceivedPacket packet) {
        packetCount++;
        if (packets.size() < keptPackets) {
            packets.add(packet);
        }
    }

    synchronized void recordRtcp() {
        rtcpCount++;
    }

    synchronized void recordInvalid() {
        invalidCount++;
    }

    synchronized void hearsFrom(Supplier<short[]> source) {
        heard = source;
    }
}

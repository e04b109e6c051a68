package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sdp.NegotiatedMedia;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Writes down what a leg tells, as short text: {@code ringing 180}, {@code connected}, {@code ended BUSY 486}. */
final class RecordingListener implements SipLegListener {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<NegotiatedMedia> media = new CopyOnWriteArrayList<>();
    private volatile @Nullable String lastMessage;

    List<String> events() {
        return List.copyOf(events);
    }

    List<NegotiatedMedia> media() {
        return List.copyOf(media);
    }

    @Nullable
    String lastMessage() {
        return lastMessage;
    }

    void await(String event) {
        await(event, Duration.ofSeconds(20));
    }

    void await(String event, Duration atMost) {
        Awaitility.await(event)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> over() && !events.contains(event))
                .until(() -> events.contains(event));
    }

    private boolean over() {
        return events.stream().anyMatch(event -> event.startsWith("ended"));
    }

    @Override
    public void ringing(int sipStatus) {
        events.add("ringing " + sipStatus);
    }

    @Override
    public void media(NegotiatedMedia now) {
        media.add(now);
        events.add("media");
    }

    @Override
    public void connected() {
        events.add("connected");
    }

    @Override
    public void infoTone(Tone tone) {
        events.add("tone " + tone.key());
    }

    @Override
    public void ended(EndReason reason, @Nullable Integer sipStatus, String message) {
        lastMessage = message;
        events.add("ended " + reason + (sipStatus == null ? "" : " " + sipStatus));
    }
}

package io.ringback.gateway;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.ServerCall;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Gateways;
import io.ringback.gateway.call.InMemoryRecordingFiles;
import io.ringback.gateway.call.People;
import io.ringback.gateway.prompt.FreeTtsSynthesizer;
import io.ringback.gateway.report.MediaEventQueue;
import io.ringback.wire.gateway.GatewayProtocol;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a gateway reaches beyond itself, in memory. */
final class World implements MediaEventQueue, Gateways, CallStore {
    private final List<MediaReport> reports = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, Gateway> rows = new ConcurrentHashMap<>();
    private final Set<String> fenced = ConcurrentHashMap.newKeySet();
    final InMemoryRecordingFiles recordings = new InMemoryRecordingFiles();

    final People people = new People();

    MediaGateway.Surroundings surroundings() {
        return new MediaGateway.Surroundings(this, this, recordings, this, people.ports(), new FreeTtsSynthesizer());
    }

    /** What came through the queue, in order. */
    List<MediaReport> reports() {
        return List.copyOf(reports);
    }

    List<MediaEvent> events() {
        return reports.stream().map(MediaReport::event).toList();
    }

    <T extends MediaEvent> Optional<T> event(Class<T> type) {
        return events().stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** Declares this life of a gateway lost. */
    void fence(GatewayRef life) {
        fenced.add(life.epoch());
    }

    @Override
    public Set<Integer> send(List<Message> messages) {
        messages.forEach(message -> reports.add(GatewayProtocol.decodeReport(message.body())));
        return Set.of();
    }

    @Override
    public Optional<Gateway> find(String gatewayId) {
        return Optional.ofNullable(rows.get(gatewayId));
    }

    @Override
    public List<Gateway> all() {
        return List.copyOf(rows.values());
    }

    @Override
    public Optional<Reserved> heartbeat(Gateway gateway, Reserved settled) {
        if (fenced.contains(gateway.ref().epoch())) {
            return Optional.empty();
        }
        rows.put(gateway.ref().gatewayId(), gateway);
        return Optional.of(settled);
    }

    @Override
    public boolean fence(Gateway seen, Instant now) {
        return fenced.add(seen.ref().epoch());
    }

    @Override
    public List<PinnedCall> openCalls(GatewayRef life) {
        return List.of();
    }

    @Override
    public List<PinnedCall> openCallsOfEarlierLives(GatewayRef life) {
        return List.of();
    }

    @Override
    public Optional<ServerCall> load(String serverCallId) {
        return Optional.empty();
    }

    @Override
    public CommitResult commit(Commit commit) {
        throw new UnsupportedOperationException("the gateway commits nothing");
    }
}

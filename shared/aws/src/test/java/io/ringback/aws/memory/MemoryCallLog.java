package io.ringback.aws.memory;

import io.ringback.aws.PageToken;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Participant;
import io.ringback.core.call.ServerCall;
import io.ringback.core.port.CallLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The call log in memory. A page is as long as asked for while there are calls. */
public final class MemoryCallLog implements CallLog {
    private static final Comparator<ServerCall> NEWEST = Comparator.comparing(ServerCall::startedAt)
            .thenComparing(ServerCall::serverCallId)
            .reversed();

    private final MemoryCallStore calls;

    public MemoryCallLog(MemoryCallStore calls) {
        this.calls = calls;
    }

    @Override
    public Answer list(Question question) {
        String name = question.from() + " " + question.to() + " " + question.state() + " " + question.phoneNumber();
        Optional<List<String>> last = Optional.empty();
        if (question.continuationToken() != null) {
            last = PageToken.open(name, question.continuationToken());
            if (last.isEmpty()) {
                return new Answer.InvalidToken();
            }
        }
        List<ServerCall> ahead = new ArrayList<>(calls.all().stream()
                .filter(call -> answers(call, question))
                .sorted(NEWEST)
                .toList());
        last.ifPresent(position -> ahead.removeIf(call -> !isBehind(call, position)));
        List<ServerCall> page = ahead.stream().limit(question.top()).toList();
        return new Answer.Page(
                page.stream().map(MemoryCallLog::summary).toList(),
                ahead.size() > page.size() ? PageToken.seal(name, key(page.get(page.size() - 1))) : null);
    }

    private static List<String> key(ServerCall call) {
        return List.of(call.startedAt().toString(), call.serverCallId());
    }

    private static boolean isBehind(ServerCall call, List<String> position) {
        int time = call.startedAt().compareTo(Instant.parse(position.get(0)));
        return time < 0 || (time == 0 && call.serverCallId().compareTo(position.get(1)) < 0);
    }

    private static boolean answers(ServerCall call, Question question) {
        return (question.from() == null || !call.startedAt().isBefore(question.from()))
                && (question.to() == null || call.startedAt().isBefore(question.to()))
                && (question.state() == null || call.state() == question.state())
                && (question.phoneNumber() == null
                        || parties(call).contains(Identifier.ofPhoneNumber(question.phoneNumber())));
    }

    private static List<Identifier> parties(ServerCall call) {
        List<Identifier> parties = new ArrayList<>(call.origin().to());
        parties.add(call.origin().from());
        call.participants().stream().map(Participant::identifier).forEach(parties::add);
        return parties;
    }

    private static Summary summary(ServerCall call) {
        return new Summary(
                call.serverCallId(),
                call.state(),
                call.origin(),
                call.startedAt(),
                call.establishedAt(),
                call.endedAt(),
                call.endReason(),
                call.connections().stream().map(Connection::callConnectionId).toList());
    }
}

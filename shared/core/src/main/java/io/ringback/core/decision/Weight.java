package io.ringback.core.decision;

import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Participant;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.ServerCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of a call weigh that others gave it: addresses, contexts, names, each as often as it is stored, in
 * bytes of UTF-8. Everything else of a call is bounded by the counts of {@link Limits}, so a bound of the weight is a
 * bound of the whole.
 */
final class Weight {
    private Weight() {}

    static long of(ServerCall call) {
        return LongStream.of(
                        // The call log's line has them too.
                        2 * (of(call.origin().from()) + ofAll(call.origin().to())),
                        of(call.incoming() == null ? null : call.incoming().callerDisplayName()),
                        call.subscribers().stream()
                                .mapToLong(subscriber -> of(subscriber.callback()))
                                .sum(),
                        call.connections().stream().mapToLong(Weight::of).sum(),
                        call.participants().stream()
                                .mapToLong(participant -> of(call, participant))
                                .sum(),
                        call.operations().stream()
                                .mapToLong(operation -> of(operation.callback()) + of(operation.operationContext()))
                                .sum(),
                        call.recordings().stream()
                                .mapToLong(recording -> of(recording.callback()))
                                .sum())
                .sum();
    }

    private static long of(Connection connection) {
        return of(connection.callback())
                + of(connection.source())
                + ofAll(connection.targets())
                + of(connection.alternateCallerId())
                + of(connection.subject())
                + of(connection.operationContext());
    }

    private static long of(ServerCall call, Participant participant) {
        Participant.Invitation invitation = participant.invitation();
        long invited = invitation == null ? 0 : of(answerTo(call, invitation)) + of(invitation.operationContext());
        return of(participant.identifier()) + of(participant.holdMusic()) + invited;
    }

    /** The connection's, if it has none of its own: it gets that one when the application leaves. */
    private static @Nullable Callback answerTo(ServerCall call, Participant.Invitation invitation) {
        if (invitation.callback() != null || invitation.callConnectionId() == null) {
            return invitation.callback();
        }
        return call.connection(invitation.callConnectionId())
                .map(Connection::callback)
                .orElse(null);
    }

    private static long of(@Nullable PromptSource source) {
        if (source instanceof PromptSource.File file) {
            return of(file.uri().toString()) + of(file.audioFileId());
        }
        return source instanceof PromptSource.Text text ? of(text.text()) + of(text.voice()) : 0;
    }

    private static long ofAll(List<Identifier> identifiers) {
        return identifiers.stream().mapToLong(Weight::of).sum();
    }

    private static long of(Identifier identifier) {
        return of(identifier.rawId());
    }

    private static long of(@Nullable Callback callback) {
        return callback == null ? 0 : of(callback.uri().toString());
    }

    private static long of(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}

package io.ringback.core.decision;

import io.ringback.core.call.Operation;
import io.ringback.core.call.Operation.Kind;
import io.ringback.core.call.Operation.Status;
import io.ringback.core.command.CallCommand.SendDtmf;
import io.ringback.core.media.MediaCommand.SendTones;
import io.ringback.core.media.MediaEvent.TonesSent;

/** Key presses that an application sends to one participant. */
final class ToneSendings {
    private ToneSendings() {}

    static Decision send(CallDraft draft, SendDtmf command) {
        int count = command.tones().size();
        if (count < 1 || count > Limits.TONES) {
            return Refusals.malformed("1 to " + Limits.TONES + " tones are sent at a time, not " + count, "tones");
        }
        return Asker.onEstablished(
                draft,
                command.callConnectionId(),
                null,
                "send tones",
                asker -> Participants.onConnected(
                        draft, command.participantId(), "send tones", participant -> send(draft, asker, command)));
    }

    private static Decision send(CallDraft draft, Asker asker, SendDtmf command) {
        if (Operations.areTooMany(draft)) {
            return Refusals.tooManyOperations();
        }
        Operation operation = Operations.begin(
                draft,
                asker,
                Kind.SEND_DTMF,
                Status.RUNNING,
                command.operationContext(),
                command.participantId(),
                null);
        draft.order(new SendTones(
                operation.operationId(), command.participantId(), command.tones(), draft.orderDeadline()));
        return draft.accept(Operations.accepted(operation));
    }

    static void sent(CallDraft draft, TonesSent event) {
        Operations.ended(draft, event.operationId(), event.outcome(), event.subcode(), event.message());
    }
}

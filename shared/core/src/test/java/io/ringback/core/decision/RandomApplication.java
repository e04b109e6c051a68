package io.ringback.core.decision;

import io.ringback.core.Samples;
import io.ringback.core.call.Callback;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Tone;
import io.ringback.core.command.CallCommand;
import io.ringback.core.media.MediaCommand;
import io.ringback.testkit.Generator;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Applications, inside and outside, that ask for anything at any time, sensible or not. */
final class RandomApplication {
    private static final String NOBODY = "nobody";

    private final Generator random;
    private final Scene scene;
    private final List<String> operations = new ArrayList<>();
    private final List<String> invited = new ArrayList<>();
    private final List<MediaCommand> insisted = new ArrayList<>();

    RandomApplication(Generator random, Scene scene) {
        this.random = random;
        this.scene = scene;
    }

    /** Ids of all operations that were accepted. */
    List<String> operations() {
        return List.copyOf(operations);
    }

    /** Ids of all participants that were invited into the running call. */
    List<String> invited() {
        return List.copyOf(invited);
    }

    /** What was ordered because the gateway could not be given an order. */
    List<MediaCommand> insisted() {
        return List.copyOf(insisted);
    }

    /** One thing is asked for. */
    void step() {
        switch (random.between(0, 11)) {
            case 0, 1 -> decideOrJoin();
            case 2, 3 -> ask(invitation());
            case 4, 5 -> changeSomebody();
            case 6, 7 -> ask(play());
            case 8 -> ask(Samples.sendDtmf(connection(), leg(), Tone.TONE1, Tone.STAR));
            case 9 -> ask(Samples.transfer(connection(), random.percent(50) ? null : leg()));
            case 10 -> record();
            default -> rare();
        }
    }

    private void decideOrJoin() {
        List<Subscriber> subscribers = scene.call().subscribers();
        if (scene.call().incoming() == null || subscribers.isEmpty() || random.percent(25)) {
            ask(Samples.join(callback("joined")));
            return;
        }
        String id = random.pick(subscribers).subscriptionId();
        switch (random.between(0, 3)) {
            case 0 -> ask(new CallCommand.RejectCall(id, CallCommand.RejectCall.Reason.BUSY));
            case 1 -> ask(new CallCommand.RedirectCall(id, new Identifier("4:+15555550103"), null));
            default -> ask(new CallCommand.AnswerCall(id, callback("answered"), Samples.EVERY_EVENT, "answer"));
        }
    }

    private CallCommand invitation() {
        boolean outside = random.percent(50);
        String[] parties = {"4:+15555550101", "8:acs:ringback_ben"};
        return Samples.invite(
                outside ? null : connection(),
                outside || random.percent(25) ? callback("invited") : null,
                random.percent(50) ? parties : new String[] {parties[0]});
    }

    private CallCommand play() {
        boolean outside = random.percent(33);
        return Samples.play(
                outside ? null : connection(),
                random.percent(50) ? null : leg(),
                outside || random.percent(25) ? callback("played") : null);
    }

    private void changeSomebody() {
        PromptSource music = random.percent(50) ? null : new PromptSource.Text("please wait", null);
        switch (random.between(0, 4)) {
            case 0 -> ask(new CallCommand.MuteParticipant(connection(), leg(), random.percent(50)));
            case 1 -> ask(new CallCommand.HoldParticipant(connection(), leg(), music));
            case 2 -> ask(new CallCommand.UnholdParticipant(connection(), leg()));
            case 3 -> ask(new CallCommand.RemoveParticipant(null, leg()));
            default -> ask(new CallCommand.RemoveParticipant(connection(), leg()));
        }
    }

    private void record() {
        List<Recording> recordings = scene.call().recordings();
        String id = recordings.isEmpty() ? NOBODY : random.pick(recordings).recordingId();
        switch (random.between(0, 4)) {
            case 0 -> ask(new CallCommand.PauseRecording(id));
            case 1 -> ask(new CallCommand.ResumeRecording(id));
            case 2 -> ask(new CallCommand.StopRecording(id));
            case 3 -> ask(new CallCommand.DeleteRecordingContent(id));
            default ->
                ask(new CallCommand.StartRecording(Samples.RECORDINGS, Recording.Channels.MIXED, Recording.Format.WAV));
        }
    }

    private void rare() {
        switch (random.between(0, 11)) {
            case 0, 1, 2 -> ask(new CallCommand.HangUp(connection()));
            case 3 -> ask(new CallCommand.Terminate(connection()));
            case 4 -> ask(new CallCommand.LoseGateway(Samples.GATEWAY));
            case 5 -> ask(new CallCommand.GiveUpRecovery(Samples.GATEWAY, random.between(0, 1) == 1));
            case 6, 7 -> dropSomeOrder();
            case 8 -> scene.passes(Duration.ofSeconds(20));
            default -> ask(new CallCommand.CancelAllMediaOperations(connection(), null));
        }
    }

    private void dropSomeOrder() {
        List<Effect.Command> orders = Samples.ofType(scene.effects(), Effect.Command.class);
        if (!orders.isEmpty()) {
            MediaCommand order = random.pick(orders).command();
            int effects = scene.effects().size();
            ask(new CallCommand.DropMediaCommand(order, EndReason.UNREACHABLE, "dropped"));
            Samples.ofType(scene.effects().subList(effects, scene.effects().size()), Effect.Command.class)
                    .forEach(again -> insisted.add(again.command()));
        }
    }

    private void ask(CallCommand command) {
        if (scene.wants(command) instanceof Decision.Accepted decision) {
            if (decision.reply() instanceof Reply.OperationAccepted reply) {
                operations.add(reply.operationId());
            } else if (decision.reply() instanceof Reply.ParticipantsInvited reply) {
                reply.participants().forEach(party -> invited.add(party.participantId()));
            }
        }
    }

    private Callback callback(String what) {
        return new Callback(
                URI.create("https://app.example/" + what + "/" + random.between(0, 3)), "2021-06-15-preview");
    }

    private String connection() {
        ServerCall call = scene.call();
        return call.connections().isEmpty()
                ? NOBODY
                : random.pick(call.connections()).callConnectionId();
    }

    private String leg() {
        return random.percent(5)
                ? NOBODY
                : random.pick(scene.call().participants()).participantId();
    }
}

package io.ringback.core.decision;

import io.ringback.core.Samples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Connection;
import io.ringback.core.call.Participant;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.command.CallCommand;
import io.ringback.core.media.MediaCommand;
import io.ringback.testkit.Generator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** A random life of a call that was placed, came in, or was connected by the gateway alone. */
final class RandomLife {
    /** A subscription that is told everything about every call. */
    static final Subscriber LISTENER = Samples.subscriber(
            "listener",
            EnumSet.complementOf(EnumSet.of(Announcement.INCOMING_CALL)).toArray(Announcement[]::new));

    private static final Subscriber DECIDER = Samples.subscriber("decider", Announcement.INCOMING_CALL);

    private final Generator random;
    private final Scene scene;
    private final RandomApplication application;
    private final RandomGateway gateway;
    private final List<String> owed = new ArrayList<>();

    RandomLife(Generator random) {
        this.random = random;
        scene = begin();
        application = new RandomApplication(random, scene);
        gateway = new RandomGateway(random, scene);
        if (scene.call().participants().size() > 1
                && !scene.call().connections().isEmpty()) {
            scene.call().participants().forEach(target -> owed.add(target.participantId()));
        }
    }

    Scene scene() {
        return scene;
    }

    /** Ids of all operations that were accepted. */
    List<String> acceptedOperations() {
        return application.operations();
    }

    /** Ids of all participants for whom somebody is, or was, owed a result. */
    List<String> invitations() {
        List<String> all = new ArrayList<>(owed);
        all.addAll(application.invited());
        return all;
    }

    /** What was ordered because the gateway could not be given an order. */
    List<MediaCommand> insisted() {
        return application.insisted();
    }

    /** One thing happens or is asked for. */
    void step() {
        ServerCall before = scene.call();
        if (random.percent(50)) {
            application.step();
        } else {
            gateway.step();
        }
        if (before.state() == CallState.ESTABLISHING && scene.call().state() == CallState.ESTABLISHED) {
            established(before);
        }
    }

    /** The gateway carries out everything that is still to be done, and the call ends. */
    void drain() {
        for (Connection connection : scene.call().connections()) {
            scene.wants(new CallCommand.Terminate(connection.callConnectionId()));
        }
        gateway.finish();
    }

    /** Whoever answers first is no result to those who hear of the call as established. */
    private void established(ServerCall before) {
        if (before.connections().stream().anyMatch(c -> c.state().isOpen())) {
            scene.call().participants().stream()
                    .filter(Participant::isConnected)
                    .findFirst()
                    .ifPresent(first -> owed.remove(first.participantId()));
        }
    }

    private Scene begin() {
        return switch (random.between(0, 3)) {
            case 0 -> Scene.offered(Samples.incoming(), LISTENER, DECIDER);
            case 1 -> Scene.offered(Samples.peer(), LISTENER);
            default -> Scene.created(Samples.createCall(random.between(1, 4)), LISTENER);
        };
    }
}

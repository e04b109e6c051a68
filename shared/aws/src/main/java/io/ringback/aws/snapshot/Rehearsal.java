package io.ringback.aws.snapshot;

import io.ringback.aws.environment.Surroundings;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.crac.Context;
import org.crac.Resource;

/**
 * Does once, before the snapshot, what a function will do for its first caller, so that the classes for it are loaded
 * and linked in what is restored. It plays on a {@link Stage}: nothing that it sends leaves the process, and nothing that
 * it makes is kept. What fails in it fails the deployment of the version, not a call.
 */
public final class Rehearsal implements Resource {
    private final Surroundings real;
    private final Play play;
    private volatile List<String> performed = List.of();

    private Rehearsal(Surroundings real, Play play) {
        this.real = real;
        this.play = play;
    }

    /** What is rehearsed. */
    @FunctionalInterface
    public interface Play {
        /** Builds what it needs from the stage, and uses it. */
        void perform(Stage stage) throws Exception;
    }

    /** Rehearses before a snapshot is taken, if ever one is. */
    public static void beforeSnapshots(Surroundings real, Play play) {
        real.onSnapshot(new Rehearsal(real, play));
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) throws Exception {
        // The stage speaks no TLS, the services do: what takes longest of it is reading the trusted authorities.
        SSLContext.getDefault().createSSLEngine();
        try (Stage stage = Stage.open(real)) {
            play.perform(stage);
            performed = stage.requests();
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // What was rehearsed is forgotten; what it loaded stays.
    }

    /** The names of the requests to AWS that were made on the stage, in order; none before it was rehearsed. */
    public List<String> performed() {
        return performed;
    }
}

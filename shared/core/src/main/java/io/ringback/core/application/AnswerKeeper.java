package io.ringback.core.application;

import io.ringback.core.decision.Reply;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.StreamRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is kept of an accepted command's answer, so that it can be given again. */
@FunctionalInterface
public interface AnswerKeeper {
    /** For commands that will not come again. */
    AnswerKeeper NOTHING = (reply, serverCallId, streams) -> null;

    /**
     * Asked before the commit, and again at each try.
     *
     * @param streams those that the commit has effects for
     * @return null when nothing is to be kept
     */
    @Nullable
    FirstAnswer keep(Reply reply, String serverCallId, List<StreamRef> streams);
}

package io.ringback.gateway.call;

import io.ringback.core.call.PromptSource;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.gateway.prompt.PromptLibrary;
import io.ringback.gateway.prompt.PromptLibrary.Fetched;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the held legs of one call hear (telephony §10). The music is fetched as prompts are; until it has come, and if it
 * never comes, a held leg hears silence.
 */
final class HoldMusic {
    private static final Logger LOG = LoggerFactory.getLogger(HoldMusic.class);

    private final CallContext call;
    private final PromptLibrary prompts;
    private final Supplier<CallSound> sound;
    private final Map<String, Music> byLeg = new HashMap<>();

    private record Music(PromptSource source, CompletableFuture<Fetched> fetch) {}

    HoldMusic(CallContext call, PromptLibrary prompts, Supplier<CallSound> sound) {
        this.call = call;
        this.prompts = prompts;
        this.sound = sound;
    }

    /** Brings the leg's music into the wanted state; music that it has already goes on. */
    void set(SetLeg order) {
        PromptSource wanted = order.held() ? order.music() : null;
        Music now = byLeg.get(order.participantId());
        if (!Objects.equals(wanted, now == null ? null : now.source())) {
            forget(order.participantId());
            sound.get().music(order.participantId(), null);
            if (wanted != null) {
                begin(order.participantId(), wanted);
            }
        }
    }

    /** The leg is gone. */
    void forget(String participantId) {
        Music music = byLeg.remove(participantId);
        if (music != null) {
            music.fetch().cancel(false);
        }
    }

    private void begin(String participantId, PromptSource source) {
        Music music = new Music(source, prompts.fetch(source));
        byLeg.put(participantId, music);
        var unused = music.fetch()
                .thenAccept(fetched -> call.executor().execute(() -> fetched(participantId, music, fetched)));
    }

    private void fetched(String participantId, Music music, Fetched fetched) {
        if (!music.equals(byLeg.get(participantId))) {
            return;
        }
        if (fetched instanceof Fetched.Audio audio) {
            sound.get().music(participantId, audio.samples());
        } else if (fetched instanceof Fetched.Refused refused) {
            // Not its message: the file's address may name numbers, or be a key by itself.
            LOG.warn("call {}: a held leg hears silence (subcode {})", call.serverCallId(), refused.subcode());
        }
    }
}

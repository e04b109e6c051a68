package io.ringback.gateway.sip;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which dialog. The Call-ID is the caller's choice and may even be our own, when a proxy sends a call of ours
 * back to us; our tag is always ours and tells two dialogs apart.
 */
final class Switchboard {
    private final Map<Key, Party> parties = new ConcurrentHashMap<>();

    private record Key(String callId, String ourTag) {}

    void register(Dialog dialog, Party party) {
        parties.put(new Key(dialog.callId(), dialog.localTag()), party);
    }

    void remove(Dialog dialog) {
        parties.remove(new Key(dialog.callId(), dialog.localTag()));
    }

    /** How many dialogs are known, those included that ended but may still be sent repetitions. */
    long size() {
        return parties.size();
    }

    /** Who is asked. */
    @Nullable
    Party owner(Request request) {
        return owner(SipMessages.callId(request), SipMessages.toTag(request));
    }

    /** Whose request this answers. */
    @Nullable
    Party owner(Response response) {
        return owner(SipMessages.callId(response), SipMessages.fromTag(response));
    }

    private @Nullable Party owner(String callId, @Nullable String ourTag) {
        return ourTag == null ? null : parties.get(new Key(callId, ourTag));
    }
}

package io.ringback.wire.callingserver;

import io.ringback.core.call.Identifier;
import org.jspecify.annotations.Nullable;

/** An Identifier as it is answered: the raw id and, where the kind has one, its typed member (native API §3). */
record IdentifierJson(
        String rawId,
        @Nullable User communicationUser,
        @Nullable Phone phoneNumber) {
    record User(String id) {}

    record Phone(String value) {}

    static IdentifierJson of(Identifier identifier) {
        String rawId = identifier.rawId();
        return new IdentifierJson(
                rawId,
                identifier.kind() == Identifier.Kind.COMMUNICATION_USER ? new User(rawId) : null,
                identifier.phoneNumber().map(Phone::new).orElse(null));
    }
}

package io.ringback.core.directory;

import io.ringback.core.call.Identifier;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user that a softphone can register as (native API §6).
 *
 * @param identifier {@code 8:acs:<resource>_<username>}
 * @param username of its SIP address and its digest
 * @param digestHash hex MD5 of {@code username:realm:password} (RFC 7616 §3.4.2, A1); the password itself is not kept
 */
public record UserIdentity(
        Identifier identifier,
        String username,
        String digestHash,
        @Nullable String displayName,
        Instant createdAt) {}

package io.ringback.functions.api.edge;

import io.ringback.wire.access.Access;
import io.ringback.wire.access.AccessCheck;
import io.ringback.wire.access.AccessKeys;
import java.time.InstantSource;
import java.util.function.Supplier;

/** By access key. A request that is denied is looked at again with keys read anew: they may have been rotated. */
public final class KeyAuthentication implements Authentication {
    private final Supplier<AccessKeys> current;
    private final Supplier<AccessKeys> fresh;
    private final InstantSource clock;

    /**
     * Checks against these keys.
     *
     * @param current the keys, as they were not long ago
     * @param fresh the keys as they are now
     */
    public KeyAuthentication(Supplier<AccessKeys> current, Supplier<AccessKeys> fresh, InstantSource clock) {
        this.current = current;
        this.fresh = fresh;
        this.clock = clock;
    }

    @Override
    public Access check(ApiRequest request) {
        Access access = check(request, current.get());
        return access instanceof Access.Denied ? check(request, fresh.get()) : access;
    }

    private Access check(ApiRequest request, AccessKeys keys) {
        return new AccessCheck(keys, clock).check(request.signed(), request.sourceIp());
    }
}

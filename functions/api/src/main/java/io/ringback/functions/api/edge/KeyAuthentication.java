package io.ringback.functions.api.edge;

import io.ringback.wire.access.Access;
import io.ringback.wire.access.AccessCheck;
import io.ringback.wire.access.AccessKeys;
import io.ringback.wire.access.LiveKeys;
import java.time.InstantSource;

/** By access key. A request that is denied is looked at again with keys read anew: they may have been rotated. */
public final class KeyAuthentication implements Authentication {
    private final LiveKeys keys;
    private final InstantSource clock;

    public KeyAuthentication(LiveKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Access check(ApiRequest request) {
        Access access = check(request, keys.current().get());
        return access instanceof Access.Denied ? check(request, keys.fresh().get()) : access;
    }

    private Access check(ApiRequest request, AccessKeys live) {
        return new AccessCheck(live, clock).check(request.signed(), request.sourceIp());
    }
}

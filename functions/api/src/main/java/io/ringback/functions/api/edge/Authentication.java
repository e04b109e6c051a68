package io.ringback.functions.api.edge;

import io.ringback.wire.access.Access;

/** Decides whether a request may be served at all. */
@FunctionalInterface
public interface Authentication {
    Access check(ApiRequest request);
}

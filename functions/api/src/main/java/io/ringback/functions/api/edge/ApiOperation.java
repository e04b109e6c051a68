package io.ringback.functions.api.edge;

import java.io.IOException;

/** What an operation does with a request that the edge let through. */
@FunctionalInterface
public interface ApiOperation {
    /**
     * Answers.
     *
     * @throws io.ringback.wire.json.MalformedRequest when the request cannot be understood
     */
    ApiAnswer answer(ApiRequest request) throws IOException;
}

package io.ringback.wire.outbound;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A body that goes out once: else OkHttp itself would repeat it after a 408 or a 503. */
public final class OneShotBody extends RequestBody {
    private final byte[] body;
    private final MediaType type;

    public OneShotBody(byte[] body, MediaType type) {
        this.body = body.clone();
        this.type = type;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return body.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(body);
    }
}

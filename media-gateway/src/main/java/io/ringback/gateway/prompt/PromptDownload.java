package io.ringback.gateway.prompt;

import io.ringback.wire.outbound.Network;
import io.ringback.wire.outbound.OutboundHttp;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.CacheControl;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Downloads files that customers name: bounded in size, time and redirects, from allowed addresses only. */
final class PromptDownload {
    static final int MOST_REDIRECTS = 3;

    /** How long a file is taken for unchanged when its server does not say. */
    static final Duration FRESH = Duration.ofMinutes(5);

    /** A server may not bind us for longer. */
    private static final Duration FRESH_AT_MOST = Duration.ofDays(1);

    private static final int MOST_TOLD = 200;

    private final OutboundPolicy policy;
    private final OkHttpClient client;
    private final InstantSource clock;
    private final long mostBytes;
    private final Duration timeout;

    /**
     * A downloader.
     *
     * @param timeout for all of it, redirects included
     */
    PromptDownload(OutboundPolicy policy, Network network, InstantSource clock, long mostBytes, Duration timeout) {
        this.policy = policy;
        this.client = OutboundHttp.client(policy, network).callTimeout(timeout).build();
        this.clock = clock;
        this.mostBytes = mostBytes;
        this.timeout = timeout;
    }

    /** What a download came to. */
    sealed interface Result {
        /** The file. */
        final class File implements Result {
            private final byte[] bytes;
            private final @Nullable String etag;
            private final Instant freshUntil;

            File(byte[] bytes, @Nullable String etag, Instant freshUntil) {
                this.bytes = bytes;
                this.etag = etag;
                this.freshUntil = freshUntil;
            }

            byte[] bytes() {
                return bytes;
            }

            @Nullable
            String etag() {
                return etag;
            }

            Instant freshUntil() {
                return freshUntil;
            }
        }

        /** It is the file that we have. */
        record Unchanged(Instant freshUntil) implements Result {}

        /** There is none; the message completes "the file at URL could not be fetched: …". */
        record Failed(String message) implements Result {}
    }

    /** @param etag of the file that we have, or null */
    Result get(URI uri, @Nullable String etag) {
        long deadline = System.nanoTime() + timeout.toNanos();
        URI next = uri;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Optional<String> objection = policy.objection(next);
            HttpUrl url = HttpUrl.get(next);
            if (objection.isPresent() || url == null) {
                return new Result.Failed("its address " + objection.orElse("is not one of HTTP"));
            }
            try (Response response = call(url, etag, deadline)) {
                if (!response.isRedirect()) {
                    return read(response);
                }
                HttpUrl target = url.resolve(String.valueOf(response.header("Location")));
                if (target == null) {
                    return new Result.Failed("it redirects to nowhere");
                }
                next = target.uri();
            } catch (UnknownHostException e) {
                return new Result.Failed("its host has no address that may be contacted");
            } catch (InterruptedIOException e) {
                return new Result.Failed("it took longer than " + timeout.toSeconds() + " s");
            } catch (IOException e) {
                return new Result.Failed("its server could not be reached: " + beginning(e.getMessage()));
            }
        }
        return new Result.Failed("it redirects more than " + MOST_REDIRECTS + " times");
    }

    void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private Response call(HttpUrl url, @Nullable String etag, long deadline) throws IOException {
        Request.Builder request =
                new Request.Builder().url(url).header("Accept", "audio/wav, audio/mpeg, audio/*;q=0.5");
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        var call = client.newCall(request.build());
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new InterruptedIOException("timeout");
        }
        call.timeout().timeout(left, TimeUnit.NANOSECONDS);
        return call.execute();
    }

    private Result read(Response response) throws IOException {
        Instant freshUntil = clock.instant().plus(freshness(response.cacheControl()));
        if (response.code() == 304) {
            return new Result.Unchanged(freshUntil);
        }
        if (!response.isSuccessful()) {
            return new Result.Failed("its server answered " + response.code());
        }
        String tooLarge = "it is larger than " + (mostBytes >> 20) + " MiB";
        if (response.body().contentLength() > mostBytes) {
            return new Result.Failed(tooLarge);
        }
        Buffer file = new Buffer();
        BufferedSource source = response.body().source();
        while (source.read(file, 64 * 1024) != -1) {
            if (file.size() > mostBytes) {
                return new Result.Failed(tooLarge);
            }
        }
        return new Result.File(file.readByteArray(), response.header("ETag"), freshUntil);
    }

    /** What went wrong may quote what the server said. */
    private static String beginning(@Nullable String message) {
        return String.valueOf(message)
                .codePoints()
                .limit(MOST_TOLD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Duration freshness(CacheControl control) {
        if (control.noStore() || control.noCache()) {
            return Duration.ZERO;
        }
        if (control.maxAgeSeconds() < 0) {
            return FRESH;
        }
        Duration told = Duration.ofSeconds(control.maxAgeSeconds());
        return told.compareTo(FRESH_AT_MOST) > 0 ? FRESH_AT_MOST : told;
    }
}

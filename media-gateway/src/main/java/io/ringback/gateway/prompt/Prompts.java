package io.ringback.gateway.prompt;

import io.ringback.core.call.PromptSource;
import io.ringback.gateway.prompt.PromptDownload.Result;
import io.ringback.gateway.prompt.PromptLibrary.Fetched.Audio;
import io.ringback.gateway.prompt.PromptLibrary.Fetched.Refused;
import io.ringback.media.AudioFormat;
import io.ringback.wire.outbound.Network;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The library of prompts: a cache, some threads that download and decode, one that speaks. */
public final class Prompts implements PromptLibrary, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Prompts.class);

    private static final int DOWNLOADS = 8;
    private static final int WAITING = 256;

    private final PromptDownload download;
    private final SpeechSynthesizer synthesizer;
    private final PromptCache cache;
    private final InstantSource clock;
    private final ExecutorService downloads = threads("prompt", DOWNLOADS);
    private final ExecutorService speech = threads("speech", 1);
    private final ConcurrentMap<String, CompletableFuture<Fetched>> underway = new ConcurrentHashMap<>();

    /**
     * Limits.
     *
     * @param mostBytes of one file
     * @param timeout of one download, redirects included
     * @param cacheBytes of decoded sound kept in memory
     */
    public record Limits(long mostBytes, Duration timeout, long cacheBytes) {
        /** 10 MiB, 10 s, 64 MiB. */
        public static final Limits DEFAULT = new Limits(10L << 20, Duration.ofSeconds(10), 64L << 20);
    }

    public Prompts(OutboundPolicy policy, SpeechSynthesizer synthesizer, Limits limits, InstantSource clock) {
        this(policy, Network.REAL, synthesizer, limits, clock);
    }

    Prompts(OutboundPolicy policy, Network network, SpeechSynthesizer synthesizer, Limits limits, InstantSource clock) {
        this.download = new PromptDownload(policy, network, clock, limits.mostBytes(), limits.timeout());
        this.synthesizer = synthesizer;
        this.cache = new PromptCache(limits.cacheBytes());
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Fetched> fetch(PromptSource source) {
        if (source instanceof PromptSource.File file) {
            return file(file);
        } else if (source instanceof PromptSource.Text text) {
            return run(speech, () -> speak(text));
        }
        throw new IllegalArgumentException("not a prompt: " + source);
    }

    @Override
    public void close() {
        downloads.shutdownNow();
        speech.shutdownNow();
        download.close();
        try {
            if (speech.awaitTermination(2, TimeUnit.SECONDS)) {
                synthesizer.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever asks for a file that is being fetched waits for the same fetch, each with a future of its own. */
    private CompletableFuture<Fetched> file(PromptSource.File file) {
        String id = file.audioFileId();
        String key = id == null ? "url " + file.uri() : "id " + id;
        PromptCache.Entry known = cache.get(key);
        if (known != null && known.isFresh(clock.instant())) {
            return CompletableFuture.completedFuture(new Audio(known.samples()));
        }
        CompletableFuture<Fetched> shared =
                underway.computeIfAbsent(key, k -> run(downloads, () -> download(key, file.uri())));
        var unused = shared.whenComplete((fetched, failure) -> underway.remove(key, shared));
        return shared.copy();
    }

    private Fetched download(String key, URI uri) {
        PromptCache.Entry known = cache.get(key);
        Result result = download.get(uri, known == null ? null : known.etag());
        if (result instanceof Result.File file) {
            return decoded(key, uri, file);
        } else if (result instanceof Result.Unchanged unchanged && known != null) {
            cache.put(key, known.freshUntil(unchanged.freshUntil()));
            return new Audio(known.samples());
        } else if (result instanceof Result.Failed failed) {
            return new Refused(UNREACHABLE, "the file at " + uri + " could not be fetched: " + failed.message());
        }
        return new Refused(UNREACHABLE, "the file at " + uri + " could not be fetched: its server answered 304");
    }

    private Fetched decoded(String key, URI uri, Result.File file) {
        try {
            short[] samples = AudioDecoder.decode(file.bytes());
            cache.put(key, new PromptCache.Entry(samples, file.etag(), file.freshUntil()));
            return new Audio(samples);
        } catch (WrongFormatException e) {
            return new Refused(WRONG_FORMAT, "the file at " + uri + " cannot be played: " + e.getMessage());
        }
    }

    private Fetched speak(PromptSource.Text text) {
        if (text.text().length() > SpeechSynthesizer.LONGEST_TEXT) {
            return new Refused(0, "the text is longer than " + SpeechSynthesizer.LONGEST_TEXT + " characters");
        }
        try {
            return new Audio(synthesizer.speak(text.text(), text.voice()).toMono(AudioFormat.NARROWBAND));
        } catch (IOException e) {
            return new Refused(0, "the text could not be spoken: " + e.getMessage());
        }
    }

    private static CompletableFuture<Fetched> run(ExecutorService threads, Supplier<Fetched> task) {
        try {
            return CompletableFuture.supplyAsync(task, threads).exceptionally(bug -> {
                LOG.error("a prompt could not be prepared", bug);
                return new Refused(0, "the prompt could not be prepared");
            });
        } catch (RejectedExecutionException full) {
            return CompletableFuture.completedFuture(new Refused(0, "too many prompts are being prepared"));
        }
    }

    private static ExecutorService threads(String name, int count) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                count, count, 60, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> new Thread(task, name));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}

package io.ringback.local.chaos;

import com.sun.net.httpserver.HttpServer;
import io.ringback.local.phones.PhoneEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** What lies around a stack and is no part of it: the telephone network behind the trunk, and a server with a prompt. */
final class Outside implements AutoCloseable {
    private static final int RATE = 8000;
    private static final int WAV_HEADER = 44;

    private final Path trace;
    private final PhonesProcess phones;
    private final HttpServer prompts;
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<TrunkCaller> calling = new CopyOnWriteArrayList<>();
    private int forgotten;

    Outside(Path folder, long seed) throws IOException {
        trace = Files.createFile(folder.resolve("phones.json"));
        phones = new PhonesProcess(trace, seed);
        byte[] sound = prompt();
        prompts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        prompts.createContext("/prompt.wav", exchange -> {
            exchange.sendResponseHeaders(200, sound.length);
            exchange.getResponseBody().write(sound);
            exchange.close();
        });
        prompts.start();
    }

    /** Where all numbers go. */
    URI trunk() {
        return phones.address();
    }

    String prompt(String path) {
        return "http://127.0.0.1:" + prompts.getAddress().getPort() + path;
    }

    /** Somebody calls. */
    void call(InetSocketAddress gateway, String number, Duration ringing, Duration talk) {
        TrunkCaller caller = new TrunkCaller(gateway, number, ringing, talk);
        calling.add(caller);
        callers.execute(caller);
    }

    /** What the phones that were dialled saw. */
    List<Leg> dialled() throws IOException {
        List<Leg> all = PhoneLog.read(trace);
        return all.subList(forgotten, all.size());
    }

    /** What everybody saw: callers who got through, too. */
    List<Leg> everybody() throws IOException {
        return Stream.concat(
                        dialled().stream(),
                        calling.stream()
                                .map(TrunkCaller::leg)
                                .filter(leg ->
                                        leg.first(PhoneEvent.Kind.CONFIRMED).isPresent()))
                .toList();
    }

    /** Forgets every call so far. */
    void clear() throws IOException {
        calling.clear();
        forgotten = PhoneLog.read(trace).size();
    }

    @Override
    public void close() throws IOException {
        callers.shutdownNow();
        prompts.stop(0);
        phones.close();
    }

    /** 0.8 s of 440 Hz, 8 kHz, 16 bit, mono. */
    private static byte[] prompt() {
        int samples = RATE * 8 / 10;
        ByteBuffer wav = ByteBuffer.allocate(WAV_HEADER + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF"))
                .putInt(WAV_HEADER - 8 + 2 * samples)
                .put(ascii("WAVEfmt "))
                .putInt(16);
        wav.putShort((short) 1)
                .putShort((short) 1)
                .putInt(RATE)
                .putInt(2 * RATE)
                .putShort((short) 2);
        wav.putShort((short) 16).put(ascii("data")).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            wav.putShort((short) (8000 * Math.sin(2 * Math.PI * 440 * i / RATE)));
        }
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

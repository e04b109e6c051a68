package io.ringback.local.scene;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A web server with one WAV file: a tone at −13 dBFS. */
final class Announcement implements AutoCloseable {
    private static final int RATE = 8000;

    private final HttpServer server;

    private Announcement(HttpServer server) {
        this.server = server;
    }

    static Announcement ofTone(int hertz, Duration length) throws IOException {
        byte[] wav = wav(hertz, (int) (length.toMillis() * RATE / 1000));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "audio/wav");
                exchange.sendResponseHeaders(200, wav.length);
                exchange.getResponseBody().write(wav);
            }
        });
        server.start();
        return new Announcement(server);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/announcement.wav");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static byte[] wav(int hertz, int samples) throws IOException {
        byte[] pcm = new byte[2 * samples];
        for (int i = 0; i < samples; i++) {
            int sample = (int) Math.round(7336 * Math.sin(2 * Math.PI * hertz * i / RATE));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        ByteArrayOutputStream wav = new ByteArrayOutputStream();
        AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(pcm), format, samples), AudioFileFormat.Type.WAVE, wav);
        return wav.toByteArray();
    }
}

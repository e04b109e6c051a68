package io.ringback.gateway;

import io.ringback.core.call.Identifier;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.LegConnected;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway with real SIP, RTP and HTTP on loopback, which dials a phone made of literal bytes. */
abstract class OnePhone {
    static final String CALL = "call-000000000000001";
    private static final String NUMBER = "+12065550100";

    @TempDir
    Path folder;

    final World world = new World();
    RawPhone phone;
    LiveGateway gateway;

    @BeforeEach
    final void start() throws IOException {
        phone = new RawPhone(true);
        gateway = gateway("data", world);
    }

    @AfterEach
    final void stop() {
        gateway.close();
        phone.close();
    }

    /** A gateway whose life goes on from what is in this folder. */
    final LiveGateway gateway(String data, World around) throws IOException {
        return gateway(data, around, Duration.ofSeconds(30));
    }

    /** @param silence after which a leg is asked whether it is there */
    final LiveGateway gateway(String data, World around, Duration silence) throws IOException {
        return new LiveGateway(folder.resolve(data), around, Map.of(NUMBER, phone), phone, silence);
    }

    final void connect() throws Exception {
        put(dial());
        await(LegConnected.class);
    }

    static DialLeg dial() {
        return dial("p1");
    }

    static DialLeg dial(String participantId) {
        return new DialLeg(participantId, Identifier.ofPhoneNumber(NUMBER), null, Duration.ofSeconds(20), null, soon());
    }

    final void put(MediaCommand command) throws IOException, InterruptedException {
        gateway.put(CALL, command);
    }

    final void await(Class<? extends MediaEvent> type) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> world.event(type).isPresent());
    }

    /** The phone says something all the time, until the voice is closed. */
    final Voice talk() {
        Voice voice = new Voice(phone, 500);
        voice.hum();
        return voice;
    }

    /** A number of so many octets, in network order. */
    static long number(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | (bytes[offset + i] & 0xFF);
        }
        return value;
    }

    static Instant soon() {
        return Instant.now().plusSeconds(30);
    }
}

package io.ringback.local.scene;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import io.ringback.testkit.sipp.Sipp;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Somebody who calls through the trunk: SIPp with a scenario of the test resources. */
final class Caller implements AutoCloseable {
    /** Whom the scenarios show as the caller. */
    static final String NUMBER = "+4930123401";

    static final String NAME = "Dora";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern CALL_ID = Pattern.compile("(?m)^Call-ID: (\\S+)");

    private final Sipp sipp;

    private Caller(Sipp sipp) {
        this.sipp = sipp;
    }

    /**
     * Calls.
     *
     * @param scenario without its ending
     * @param called a number
     * @param gateway {@code sip:HOST:PORT}
     */
    static Caller calling(String scenario, String called, String gateway, Path folder) throws Exception {
        Path resource = Path.of(Objects.requireNonNull(Caller.class.getResource("/sipp/" + scenario + ".xml"), scenario)
                .toURI());
        return of(resource, called, gateway, folder);
    }

    /** Calls and expects to be refused with this status. */
    static Caller refused(int status, String called, String gateway, Path folder) throws Exception {
        Path resource = Path.of(Objects.requireNonNull(Caller.class.getResource("/sipp/caller-is-refused.xml"))
                .toURI());
        String scenario = Files.readString(resource).replace("STATUS", String.valueOf(status));
        return of(Files.writeString(folder.resolve("refused-" + status + ".xml"), scenario), called, gateway, folder);
    }

    private static Caller of(Path scenario, String called, String gateway, Path folder) throws IOException {
        URI address = URI.create(gateway.replace("sip:", "sip://"));
        return new Caller(
                Sipp.calling(scenario, folder, called, new InetSocketAddress(address.getHost(), address.getPort())));
    }

    /**
     * Lets a scenario go on that waits for it, once this message is through: an earlier cue would be out of turn. SIPp
     * looks at nothing but the method and the Call-ID.
     */
    void cueAfter(String message) throws IOException {
        await(message).atMost(PATIENCE).until(() -> sipp.messages().contains(message));
        String callId = CALL_ID.matcher(sipp.messages())
                .results()
                .map((MatchResult match) -> match.group(1))
                .findFirst()
                .orElseThrow();
        InetSocketAddress to = sipp.address();
        byte[] info = String.join(
                        "\r\n",
                        "INFO sip:caller SIP/2.0",
                        "Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKcue",
                        "From: <sip:test@127.0.0.1>;tag=test",
                        "To: <sip:caller@127.0.0.1>",
                        "Call-ID: " + callId,
                        "CSeq: 9 INFO",
                        "Content-Length: 0",
                        "",
                        "")
                .getBytes(US_ASCII);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(info, info.length, to));
        }
    }

    /** Waits until all went as the scenario has it. */
    void awaitSatisfied() {
        awaitSatisfied(PATIENCE);
    }

    /** Waits longer. */
    void awaitSatisfied(Duration patience) {
        sipp.awaitSatisfied(patience);
    }

    @Override
    public void close() {
        sipp.close();
    }
}

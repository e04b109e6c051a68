package io.ringback.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringback.wire.access.AccessKeys;
import io.ringback.wire.access.SignedRequest;
import io.ringback.wire.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the edge does for every operation, through the event of an HTTP API. */
class ApiEdgeTest {
    /** The key of the contract's test vectors. */
    private static final String VECTOR_KEY =
            Base64.getEncoder().encodeToString("made-up-access-key-for-research-only-0123456789".getBytes(UTF_8));

    private static final String CONNECTION = "c0ffee00-1111-4222-8333-444455556666";
    private static final String ROUTE = "/calling/callConnections/{callConnectionId}";

    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    /**
     * The vectors of the contract (§1), as an HTTP API hands such requests over: the path and its parameters decoded.
     * They are of a version that is not served, which the edge looks at behind the key: so 400 means that the key was
     * accepted.
     */
    @ParameterizedTest
    @CsvSource({
        "POST,:terminate,2026-03-12,11:29:15,127.0.0.1:18443,NF4z+/VMtwuZiwcTozn04+rb7EOmwaGwrKTRcKfIvyo=",
        "POST,:terminate,2023-03-06,11:32:47,localhost,yW2E/c4qLAX1L9qL3k3GPDh7R03VgC5cpFGLeoESHac=",
        "GET,/participants/4:+15550100002,2026-03-12,11:29:15,127.0.0.1:18443,VmrFDXr+as2EW1q/HJnc4KnzTcXKUVw9cgVKlOPLA9g=",
        "GET,/participants/4:+15550100002,2023-03-06,11:32:47,localhost,Kh5x7G4DePm9GYQi1D3qMJ5GyHlOedGMSED5QvaB5v8="
    })
    void theVectorsOfTheContractAreLetIn(
            String method, String rest, String version, String time, String host, String signature) {
        bench.rotate(new AccessKeys(List.of(VECTOR_KEY)));
        bench.clock.set(Instant.parse("2026-11-22T11:30:00Z"));
        boolean terminate = rest.startsWith(":");
        Map<String, String> parameters = terminate
                ? Map.of("callConnectionId", CONNECTION + rest)
                : Map.of("callConnectionId", CONNECTION, "participantId", "4:+15550100002");
        String route = terminate ? ROUTE : ROUTE + "/participants/{participantId}";
        ObjectNode event = event(method, route, "/calling/callConnections/" + CONNECTION + rest, version);
        parameters.forEach(((ObjectNode) event.get("pathParameters"))::put);
        sign(event, host, "Sun, 22 Nov 2026 " + time + " GMT", SignedRequest.contentHash(new byte[0]), signature);

        Reply letIn = bench.invokeWith("get-call", event.toString());
        bench.rotate(new AccessKeys(List.of(ApiBench.KEY)));
        Reply wrongKey = bench.invokeWith("get-call", event.toString());

        assertThat(letIn.status()).isEqualTo(400);
        assertThat(letIn.target()).contains("api-version");
        assertThat(wrongKey.status()).isEqualTo(401);
    }

    @Test
    void aSignedBodyIsAccepted() {
        assertThat(bench.invokeWith("create-call", signedCreate(0).toString()).status())
                .isEqualTo(201);
    }

    @Test
    void aSignedBodyMayComeInBase64() {
        ObjectNode event = signedCreate(0);
        String body = event.get("body").asText();
        event.put("body", Base64.getEncoder().encodeToString(body.getBytes(UTF_8)));
        event.put("isBase64Encoded", true);

        assertThat(bench.invokeWith("create-call", event.toString()).status()).isEqualTo(201);
    }

    @Test
    void aBodyThatWasChangedAfterSigningIsDenied() {
        ObjectNode event = signedCreate(0);
        event.put("body", event.get("body").asText().replace("+12025550101", "+19005550101"));

        assertDenied(event, "x-ms-content-sha256");
    }

    @ParameterizedTest
    @ValueSource(ints = {-6, 6})
    void aDateSixMinutesOffIsDenied(int minutes) {
        assertDenied(signedCreate(minutes), "x-ms-date");
        assertThat(bench.invokeWith(
                                "create-call",
                                signedCreate(minutes > 0 ? 5 : -5).toString())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aSignatureUnderAWrongKeyIsDenied() {
        bench.rotate(new AccessKeys(List.of(VECTOR_KEY)));

        assertDenied(signedCreate(0), "not that of this request");
    }

    @Test
    void aSecondLiveKeyIsAccepted() {
        bench.rotate(new AccessKeys(List.of(VECTOR_KEY, ApiBench.KEY)));

        assertThat(bench.invoke("create-call/ok").status()).isEqualTo(201);
        assertThat(bench.invokeWith("create-call", signedCreate(0).toString()).status())
                .isEqualTo(201);
    }

    @Test
    void aBodyOver256KiBIsRefused() {
        ObjectNode event = parse(bench.events.read("create-call/ok"));
        event.put("body", "{\"pad\":\"" + "x".repeat(256 * 1024 - 9) + "\"}");

        Reply reply = bench.invokeWith("create-call", event.toString());

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.code()).isEqualTo("413");
        assertThat(reply.message()).contains("has 262145 bytes; at most 262144");
        assertThat(bench.calls.commits()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=utf-8", "APPLICATION/JSON", "application/json;charset=\\\"UTF-8\\\""})
    void jsonIsAcceptedHoweverItIsWritten(String type) {
        String event = bench.events.read("create-call/ok").replace("\"application/json\"", "\"" + type + "\"");

        assertThat(bench.invokeWith("create-call", event).status()).isEqualTo(201);
    }

    @Test
    void aRequestIsOneLineInTheLogWithItsCallAndWithoutPhoneNumbers() {
        String serverCallId = bench.placeCall().serverCallId();
        bench.invoke("get-call/ok");
        bench.invoke("create-call/forbidden-number");

        assertThat(bench.log).hasSize(3);
        assertThat(bench.log.get(0))
                .isEqualTo("requestId=JKJaXmPLvHcESHA= operation=CreateCall status=201 durationMs=0 serverCallId="
                        + serverCallId);
        assertThat(bench.log.get(1)).contains("operation=GetCall status=200").contains(serverCallId);
        assertThat(bench.log.get(2))
                .contains("status=403 durationMs=0 code=10300 target=targets[0]")
                .contains("4:+882***67")
                .doesNotContain("161234567");
    }

    @Test
    void aLogLineCannotBeForged() {
        String event = bench.events
                .read("no-such-operation/ok-unknown-path")
                .replace("/calling/faxes", "/a\\nrequestId=1 operation=CreateCall +12025550101");

        bench.invokeWith("no-such-operation", event);

        assertThat(bench.log).singleElement().asString().doesNotContain("\n").contains("+120***01");
    }

    @Test
    void aFailureIsToldWithItsRequestIdAndNothingElse() {
        bench.calls.fail(new IllegalStateException("the table is on fire at secret-host"));

        Reply reply = bench.invoke("create-call/ok");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.code()).isEqualTo("500");
        assertThat(reply.message()).contains("request id JKJaXmPLvHcESHA=");
        assertThat(reply.text())
                .doesNotContain("fire")
                .doesNotContain("Exception")
                .doesNotContain("\\tat");
        assertThat(bench.log.get(0))
                .startsWith("FAILURE requestId=JKJaXmPLvHcESHA= operation=CreateCall")
                .contains("the table is on fire");
        assertThat(bench.log.get(1)).contains("status=500");
    }

    @Test
    void everyAnswerCarriesItsRequestId() {
        assertThat(bench.invoke("create-call/ok").headers()).containsEntry("x-request-id", "JKJaXmPLvHcESHA=");
        assertThat(bench.invoke("create-call/no-key").headers()).containsEntry("x-request-id", "JKJaXmPLvHcESHA=");
    }

    private void assertDenied(ObjectNode event, String message) {
        Reply reply = bench.invokeWith("create-call", event.toString());

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("401");
        assertThat(reply.target()).contains("Authorization");
        assertThat(reply.message()).contains(message);
        assertThat(bench.calls.commits()).isEmpty();
    }

    /** The sample CreateCall, signed with the bench's key by a clock that is so many minutes off. */
    private ObjectNode signedCreate(int minutesOff) {
        ObjectNode event = parse(bench.events.read("create-call/ok"));
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                bench.clock.instant().plus(Duration.ofMinutes(minutesOff)).atOffset(ZoneOffset.UTC));
        String hash = SignedRequest.contentHash(event.get("body").asText().getBytes(UTF_8));
        String host = event.at("/headers/host").asText();
        byte[] signature = new AccessKeys(List.of(ApiBench.KEY))
                .sign("POST\n/calling/callConnections?api-version=2021-06-15-preview\n" + date + ";" + host + ";"
                        + hash);
        sign(event, host, date, hash, Base64.getEncoder().encodeToString(signature));
        return event;
    }

    private ObjectNode event(String method, String route, String path, String version) {
        ObjectNode event = parse(bench.events.read("get-call/ok"));
        event.put("routeKey", method + " " + route);
        event.put("rawPath", path);
        event.put("rawQueryString", "api-version=" + version);
        ((ObjectNode) event.get("queryStringParameters")).put("api-version", version);
        ((ObjectNode) event.at("/requestContext/http")).put("method", method).put("path", path);
        return event;
    }

    private static void sign(ObjectNode event, String host, String date, String hash, String signature) {
        ((ObjectNode) event.get("headers"))
                .put("host", host)
                .put("x-ms-date", date)
                .put("x-ms-content-sha256", hash)
                .put(
                        "authorization",
                        "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature);
    }

    private static ObjectNode parse(String event) {
        try {
            return (ObjectNode) Json.mapper().readTree(event);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

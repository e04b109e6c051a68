package io.ringback.wire.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringback.wire.access.Access.Denied;
import io.ringback.wire.access.Access.Granted;
import io.ringback.wire.access.Access.Scheme;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessCheckTest {
    private static final String KEY =
            Base64.getEncoder().encodeToString("made-up-access-key-for-research-only-0123456789".getBytes(UTF_8));
    private static final String OTHER_KEY = Base64.getEncoder().encodeToString("another key".getBytes(UTF_8));
    private static final String EMPTY_HASH = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    private static final String DATE = "Sun, 22 Nov 2026 11:29:15 GMT";
    private static final Instant NOW = Instant.parse("2026-11-22T11:29:15Z");
    private static final String LOOPBACK = "127.0.0.1";
    private static final String REMOTE = "203.0.113.7";

    private static final String CONNECTION = "/calling/callConnections/{callConnectionId}";
    private static final String ID = "c0ffee00-1111-4222-8333-444455556666";

    /** The vectors of the contract (§1), each as an HTTP API hands it over: the path and its parameters decoded. */
    static Stream<Arguments> vectors() {
        return Stream.of(
                vector(
                        "POST",
                        CONNECTION,
                        Map.of("callConnectionId", ID + ":terminate"),
                        "2026-03-12",
                        DATE,
                        "127.0.0.1:18443",
                        "NF4z+/VMtwuZiwcTozn04+rb7EOmwaGwrKTRcKfIvyo="),
                vector(
                        "POST",
                        CONNECTION,
                        Map.of("callConnectionId", ID + ":terminate"),
                        "2023-03-06",
                        "Sun, 22 Nov 2026 11:32:47 GMT",
                        "localhost",
                        "yW2E/c4qLAX1L9qL3k3GPDh7R03VgC5cpFGLeoESHac="),
                vector(
                        "GET",
                        CONNECTION + "/participants/{participantId}",
                        Map.of("callConnectionId", ID, "participantId", "4:+15550100002"),
                        "2026-03-12",
                        DATE,
                        "127.0.0.1:18443",
                        "VmrFDXr+as2EW1q/HJnc4KnzTcXKUVw9cgVKlOPLA9g="),
                vector(
                        "GET",
                        CONNECTION + "/participants/{participantId}",
                        Map.of("callConnectionId", ID, "participantId", "4:+15550100002"),
                        "2023-03-06",
                        "Sun, 22 Nov 2026 11:32:47 GMT",
                        "localhost",
                        "Kh5x7G4DePm9GYQi1D3qMJ5GyHlOedGMSED5QvaB5v8="));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theVectorsOfTheContractPass(SignedRequest request) {
        assertThat(check(NOW).check(request, REMOTE)).isEqualTo(new Granted(Scheme.HMAC));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theVectorsPassWithoutAMatchedRouteToo(SignedRequest request) {
        assertThat(check(NOW).check(with(request, null, request.headers(), EMPTY_HASH), REMOTE))
                .isEqualTo(new Granted(Scheme.HMAC));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void eitherOfTwoLiveKeysCounts(SignedRequest request) {
        AccessCheck rotated = new AccessCheck(new AccessKeys(List.of(OTHER_KEY, KEY)), () -> NOW);

        assertThat(rotated.check(request, REMOTE)).isEqualTo(new Granted(Scheme.HMAC));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anotherKeyIsDenied(SignedRequest request) {
        AccessCheck others = new AccessCheck(new AccessKeys(List.of(OTHER_KEY)), () -> NOW);

        assertThat(others.check(request, REMOTE))
                .isEqualTo(new Denied("the signature is not that of this request under a live access key"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aChangedBodyIsDenied(SignedRequest request) {
        SignedRequest changed =
                with(request, request.route(), request.headers(), SignedRequest.contentHash("{}".getBytes(UTF_8)));

        assertThat(denied(check(NOW).check(changed, REMOTE)))
                .contains("x-ms-content-sha256")
                .contains("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"method", "path", "query", "host", "date"})
    void whatWasSignedCannotBeChanged(String part) {
        SignedRequest valid = signed("POST", "/a/b", "api-version=1", "h:8443", DATE, EMPTY_HASH);
        Map<String, String> headers = new HashMap<>(valid.headers());
        if (part.equals("host")) {
            headers.put("host", "other:8443");
        } else if (part.equals("date")) {
            headers.put("x-ms-date", "Sun, 22 Nov 2026 11:29:16 GMT");
        }
        SignedRequest changed = new SignedRequest(
                part.equals("method") ? "PUT" : "POST",
                part.equals("path") ? "/a/c" : "/a/b",
                null,
                Map.of(),
                part.equals("query") ? "api-version=2" : "api-version=1",
                headers,
                EMPTY_HASH);

        assertThat(check(NOW).check(valid, REMOTE)).isEqualTo(new Granted(Scheme.HMAC));
        assertThat(denied(check(NOW).check(changed, REMOTE))).contains("signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T11:24:15Z", "2026-11-22T11:34:15Z"})
    void aDateFiveMinutesOffIsAccepted(Instant now) {
        assertThat(check(now).check(signed("GET", "/a", "", "h", DATE, EMPTY_HASH), REMOTE))
                .isEqualTo(new Granted(Scheme.HMAC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T11:23:15Z", "2026-11-22T11:35:15Z"})
    void aDateSixMinutesOffIsDeniedAndTheTimeHereToldToTheClient(Instant now) {
        assertThat(denied(check(now).check(signed("GET", "/a", "", "h", DATE, EMPTY_HASH), REMOTE)))
                .contains("x-ms-date")
                .contains("5 minutes")
                .contains(now.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-22T11:29:15Z"})
    void aDateThatIsNoneIsDenied(String date) {
        assertThat(denied(check(NOW).check(signed("GET", "/a", "", "h", date, EMPTY_HASH), REMOTE)))
                .contains("x-ms-date");
    }

    @Test
    void aQueryMayBeSignedAsJavaScriptWritesIt() {
        // The wire has the first form, the signature covers the second (contract, "Java versus JS").
        SignedRequest sent = signed("GET", "/a", "q=a+b%7Ec%21&bare=", "h", DATE, EMPTY_HASH);

        assertThat(check(NOW)
                        .check(
                                new SignedRequest(
                                        "GET", "/a", null, Map.of(), "q=a%20b~c!&bare", sent.headers(), EMPTY_HASH),
                                REMOTE))
                .isEqualTo(new Granted(Scheme.HMAC));
    }

    @Test
    void aQueryThatIsBadlyEncodedIsNoFailure() {
        assertThat(check(NOW).check(signed("GET", "/a", "q=%zz", "h", DATE, EMPTY_HASH), REMOTE))
                .isEqualTo(new Granted(Scheme.HMAC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic abc",
                "HMAC-SHA256",
                "HMAC-SHA256 SignedHeaders=x-ms-date;host&Signature=NF4z+/VMtwuZiwcTozn04+rb7EOmwaGwrKTRcKfIvyo=",
                "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=short"
            })
    void credentialsOfNoKnownFormAreDeniedAndTheAcceptedOnesNamed(String authorization) {
        SignedRequest request = new SignedRequest(
                "GET", "/a", null, Map.of(), "", Map.of("authorization", authorization, "host", "h"), EMPTY_HASH);

        assertThat(denied(check(NOW).check(request, REMOTE)))
                .contains("HMAC-SHA256")
                .contains("Bearer");
    }

    @Test
    void aBearerKeyOverTlsIsGranted() {
        assertThat(check(NOW).check(bearer(KEY, "https"), REMOTE)).isEqualTo(new Granted(Scheme.BEARER));
        assertThat(check(NOW).check(bearer("c3RyYW5nZXI=", "https"), REMOTE))
                .isEqualTo(new Denied("the Bearer token is not a live access key"));
    }

    @Test
    void aBearerKeyInTheClearIsGrantedFromThisMachineOnly() {
        assertThat(check(NOW).check(bearer(KEY, "http"), LOOPBACK)).isEqualTo(new Granted(Scheme.BEARER));
        assertThat(check(NOW).check(bearer(KEY, "http"), "::1")).isEqualTo(new Granted(Scheme.BEARER));
        assertThat(denied(check(NOW).check(bearer(KEY, "http"), REMOTE))).contains("https");
        assertThat(denied(check(NOW).check(bearer(KEY, "http"), "127.0.0.1.example.com")))
                .contains("https");
    }

    @Test
    void theSecretHoldsOneOrTwoKeys() {
        AccessKeys two = AccessKeys.parse("{\"accessKeys\":[\"" + OTHER_KEY + "\",\"" + KEY + "\"]}");

        assertThat(two.isKey(KEY)).isTrue();
        assertThat(two.isKey(OTHER_KEY)).isTrue();
        assertThat(two.isKey("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "hunter2",
                "{\"accessKeys\":[]}",
                "{\"accessKeys\":[\"hunter2!\"]}",
                "{\"accessKeys\":[\"\"]}",
                "{\"accessKeys\":\"hunter2\"}",
                "{\"accessKeys\":[null]}"
            })
    void aSecretOfAnotherFormIsRefusedWithoutRepeatingIt(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessKeys.parse(secret))
                .satisfies(e -> assertThat(e).hasNoCause())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    private static AccessCheck check(Instant now) {
        return new AccessCheck(new AccessKeys(List.of(KEY, OTHER_KEY)), () -> now);
    }

    private static String denied(Access access) {
        return ((Denied) access).message();
    }

    private static SignedRequest bearer(String key, String protocol) {
        return new SignedRequest(
                "GET",
                "/a",
                null,
                Map.of(),
                "",
                Map.of("authorization", "Bearer " + key, "x-forwarded-proto", protocol),
                EMPTY_HASH);
    }

    private static Arguments vector(
            String method,
            String route,
            Map<String, String> parameters,
            String version,
            String date,
            String host,
            String signature) {
        String path = route;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
        }
        return Arguments.of(new SignedRequest(
                method,
                path,
                route,
                parameters,
                "api-version=" + version,
                headers(host, date, EMPTY_HASH, signature),
                EMPTY_HASH));
    }

    /** A request signed as it stands. */
    private static SignedRequest signed(
            String method, String path, String query, String host, String date, String contentHash) {
        String target = query.isEmpty() ? path : path + "?" + query;
        byte[] signature =
                new AccessKeys(List.of(KEY)).sign(method + "\n" + target + "\n" + date + ";" + host + ";" + EMPTY_HASH);
        return new SignedRequest(
                method,
                path,
                null,
                Map.of(),
                query,
                headers(host, date, EMPTY_HASH, Base64.getEncoder().encodeToString(signature)),
                contentHash);
    }

    private static SignedRequest with(
            SignedRequest request, @Nullable String route, Map<String, String> headers, String contentHash) {
        return new SignedRequest(
                request.method(), request.path(), route, request.parameters(), request.query(), headers, contentHash);
    }

    private static Map<String, String> headers(String host, String date, String hash, String signature) {
        return Map.of(
                "host", host,
                "x-ms-date", date,
                "x-ms-content-sha256", hash,
                "authorization", "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature);
    }
}

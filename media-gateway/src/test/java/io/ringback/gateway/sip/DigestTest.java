package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sip.address.SipURI;
import javax.sip.header.Header;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.junit.jupiter.api.Test;

/** The examples of RFC 7616 §3.9.1, and which challenges are worth an answer. */
class DigestTest {
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    private static final String PARAMETERS =
            "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                    + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    private final Digest digest = new Digest(TrunkAccount.fixed("Mufasa", "Circle of Life"), () -> CNONCE);

    private static Response challenge(int status, String... values) {
        SipURI target = SipMessages.uri("sip:trunk@127.0.0.1").orElseThrow();
        Request request = SipMessages.request(
                "INVITE",
                target,
                List.of(
                        SipMessages.header("From", "<sip:a@b>;tag=1"),
                        SipMessages.header("To", "<sip:a@b>"),
                        SipMessages.header("Call-ID", "1"),
                        SipMessages.header("CSeq", "1 INVITE"),
                        SipMessages.header("Via", "SIP/2.0/UDP h;branch=z9hG4bK1")));
        Response response = SipMessages.response(status, request);
        for (String value : values) {
            response.addHeader(
                    SipMessages.header(status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate", "Digest " + value));
        }
        return response;
    }

    private String authorize() {
        List<Header> headers = digest.authorize("GET", "/dir/index.html");
        assertThat(headers).hasSize(1);
        return headers.get(0).toString();
    }

    @Test
    void sha256IsPreferredAndComputedAsTheRfcDoes() {
        assertThat(digest.accept(challenge(401, PARAMETERS + ", algorithm=MD5", PARAMETERS + ", algorithm=SHA-256")))
                .isTrue();

        assertThat(authorize())
                .startsWith("Authorization: Digest ")
                .contains(
                        "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"",
                        "algorithm=SHA-256",
                        "qop=auth",
                        "nc=00000001",
                        "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    }

    @Test
    void md5IsComputedAsTheRfcDoes() {
        assertThat(digest.accept(challenge(407, PARAMETERS + ", algorithm=MD5")))
                .isTrue();

        assertThat(authorize())
                .startsWith("Proxy-Authorization: Digest ")
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"");
    }

    @Test
    void anOldServerGetsNoQop() {
        // RFC 2069 §2.4 as its erratum corrects it.
        Digest old = new Digest(TrunkAccount.fixed("Mufasa", "CircleOfLife"), () -> CNONCE);
        assertThat(old.accept(
                        challenge(401, "realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"")))
                .isTrue();

        assertThat(old.authorize("GET", "/dir/index.html").get(0).toString())
                .contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
                .doesNotContain("qop", "nc=");
    }

    @Test
    void theSameChallengeTwiceMeansWrongCredentialsUnlessTheNonceWasStale() {
        assertThat(digest.accept(challenge(401, "realm=\"a\", nonce=\"1\""))).isTrue();
        assertThat(digest.accept(challenge(401, "realm=\"a\", nonce=\"2\", stale=true")))
                .isTrue();
        assertThat(authorize()).contains("nonce=\"2\"");
        assertThat(digest.accept(challenge(401, "realm=\"a\", nonce=\"3\""))).isFalse();
    }

    @Test
    void endlessStalenessIsNotAnsweredForEver() {
        for (int i = 0; i < 4; i++) {
            assertThat(digest.accept(challenge(401, "realm=\"a\", nonce=\"1\", stale=true")))
                    .isTrue();
        }
        assertThat(digest.accept(challenge(401, "realm=\"a\", nonce=\"1\", stale=true")))
                .isFalse();
    }

    @Test
    void proxyAndFarEndAreBothAnsweredAndNoncesCounted() {
        digest.accept(challenge(407, "realm=\"p\", nonce=\"1\", qop=\"auth\""));
        digest.authorize("INVITE", "sip:x@y");
        digest.accept(challenge(401, "realm=\"e\", nonce=\"2\", qop=\"auth\""));

        assertThat(digest.authorize("INVITE", "sip:x@y"))
                .extracting(Header::toString)
                .satisfiesExactly(
                        proxy -> assertThat(proxy)
                                .startsWith("Proxy-Authorization")
                                .contains("nc=00000002"),
                        end -> assertThat(end).startsWith("Authorization").contains("nc=00000001"));
    }

    @Test
    void whatWeCannotComputeIsNotAnswered() {
        assertThat(digest.accept(challenge(401, "realm=\"a\", nonce=\"1\", algorithm=SHA-512-256")))
                .isFalse();
        assertThat(digest.accept(challenge(401, "realm=\"a\", nonce=\"1\", qop=\"auth-int\"")))
                .isFalse();
        assertThat(digest.accept(challenge(401))).isFalse();
    }
}

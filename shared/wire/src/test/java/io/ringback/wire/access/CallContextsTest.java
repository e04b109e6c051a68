package io.ringback.wire.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.testkit.FakeClock;
import io.ringback.wire.access.CallContexts.Reading;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallContextsTest {
    private static final String OLD = "b2xkIGtleQ==";
    private static final String NEW = "bmV3IGtleQ==";
    private static final String CALL = "call_56789-123456789";
    private static final String SUBSCRIPTION = "subscription-_567890";

    private final FakeClock clock = FakeClock.atNoon();
    private AccessKeys keys = new AccessKeys(List.of(OLD));
    private final CallContexts contexts = new CallContexts(new LiveKeys(() -> keys, () -> keys), clock);

    @Test
    void whatWasSignedIsReadBack() {
        assertThat(contexts.read(aContext())).isEqualTo(new Reading.Valid(CALL, SUBSCRIPTION));
    }

    @Test
    void itNeedsNoEscapingAnywhere() {
        assertThat(aContext()).matches("[A-Za-z0-9_-]{60,200}");
    }

    @Test
    void itIsWorthNothingOnceTheRingingIsOver() {
        String context = aContext();
        clock.advance(Duration.ofSeconds(59));
        Reading before = contexts.read(context);
        clock.advance(Duration.ofSeconds(1));

        assertThat(before).isInstanceOf(Reading.Valid.class);
        assertThat(contexts.read(context)).isEqualTo(new Reading.Expired());
    }

    @Test
    void noByteOfItCanBeChanged() {
        byte[] signed = Base64.getUrlDecoder().decode(aContext());
        for (int i = 0; i < signed.length; i++) {
            byte[] changed = signed.clone();
            changed[i] ^= 1;

            assertThat(contexts.read(encode(changed))).as("byte %s", i).isEqualTo(new Reading.Forged());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "not base64!", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoContextIsForged(String context) {
        assertThat(contexts.read(context)).isEqualTo(new Reading.Forged());
    }

    @Test
    void whatIsTooLongIsForged() {
        assertThat(contexts.read(aContext() + "A".repeat(CallContexts.MAX_LENGTH)))
                .isEqualTo(new Reading.Forged());
    }

    @Test
    void eachLiveKeyWillDo() {
        String context = aContext();
        keys = new AccessKeys(List.of(NEW, OLD));
        Reading whileBothLive = contexts.read(context);
        keys = new AccessKeys(List.of(NEW));

        assertThat(whileBothLive).isEqualTo(new Reading.Valid(CALL, SUBSCRIPTION));
        assertThat(contexts.read(context)).isEqualTo(new Reading.Forged());
    }

    @Test
    void whoHasNotHeardOfANewKeyYetLooksAgain() {
        keys = new AccessKeys(List.of(NEW, OLD));
        String context = aContext();
        LiveKeys late = new LiveKeys(() -> new AccessKeys(List.of(OLD)), () -> keys);

        assertThat(new CallContexts(late, clock).read(context)).isEqualTo(new Reading.Valid(CALL, SUBSCRIPTION));
    }

    @Test
    void aSignatureForAnotherPurposeIsNoContext() {
        String content = CALL + "\n" + SUBSCRIPTION + "\n"
                + clock.instant().plusSeconds(60).getEpochSecond();
        for (String purpose : List.of("", "recording-content-link\n")) {
            byte[] bytes = content.getBytes(UTF_8);
            byte[] signature = keys.sign(purpose + content);
            byte[] signed = new byte[signature.length + bytes.length];
            System.arraycopy(signature, 0, signed, 0, signature.length);
            System.arraycopy(bytes, 0, signed, signature.length, bytes.length);

            assertThat(contexts.read(encode(signed))).isEqualTo(new Reading.Forged());
        }
    }

    private String aContext() {
        return contexts.context(CALL, SUBSCRIPTION, clock.instant().plusSeconds(60));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

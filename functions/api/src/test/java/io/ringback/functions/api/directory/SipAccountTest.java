package io.ringback.functions.api.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.RandomIds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;

class SipAccountTest {
    @ParameterizedTest
    @NullSource
    @CsvSource({"''", "山田", "---", "'  '"})
    void whoHasNoLatinNameIsAUser(@Nullable String displayName) {
        assertThat(username(displayName)).matches("user-[a-z0-9]{6}");
    }

    @ParameterizedTest
    @CsvSource({
        "Anna, anna",
        "Anna Müller, anna-muller",
        "'  Dr. José  O''Neill ', dr-jose-o-neill",
        "../CALL#x, call-x",
        "'sip:eve@evil.example;x=\"1\"', sip-eve-evil-example-x-1",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, aaaaaaaaaaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaaaaaaaaaa bbb, aaaaaaaaaaaaaaaaaaaaaaa"
    })
    void theNameIsRecognisedAndHarmless(String displayName, String beginning) {
        assertThat(username(displayName)).matches(beginning + "-[a-z0-9]{6}");
    }

    /** The example of RFC 2617 §3.5, whose A1 RFC 7616 keeps. */
    @Test
    void theHashIsThatOfTheDigest() {
        assertThat(new SipAccount("Mufasa", "Circle Of Life").digestHash("testrealm@host.com"))
                .isEqualTo("939e7578ed9e3c518a452acee763bce9");
    }

    private static String username(@Nullable String displayName) {
        return SipAccount.create(displayName, new RandomIds()).username();
    }
}

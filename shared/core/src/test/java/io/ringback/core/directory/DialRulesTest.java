package io.ringback.core.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialRulesTest {
    private static final DialRules RULES = DialRules.parse("+1, !+1900, +19005550, !+1876,+4930, SIP:Pbx.Example.com");

    @ParameterizedTest
    @CsvSource({
        "+12025550101, true",
        "+4930123456, true",
        "+4989123456, false, another city",
        "+19001234567, false, premium numbers are refused within what is allowed",
        "+19005550123, true, but some of them are allowed: the longest entry decides",
        "+18765550123, false",
        "+18755550123, true",
        "+882161234567, false, satellite",
        "12025550101, false, no plus",
        "++12025550101, false",
        "+012025550101, false, no country code begins with 0",
        "+1202555, true, seven digits",
        "+120255, false, six digits are somebody's extension",
        "+1911, false, nor can emergency and service numbers be dialled",
        "911, false",
        "112, false",
        "+120255501011234, true, fifteen digits",
        "+1202555010112345, false, sixteen digits",
        "+1 202 555 0101, false",
        "+1-202-555-0101, false",
        "+1(202)5550101, false",
        "'+12025550101;phone-context=+882', false, parameters of a tel: URI",
        "'+12025550101,,,9', false, digits after the answer",
        "+12025550101@evil.example, false",
        "+１２０２５５５０１０１, false, digits of another script",
        "'', false"
    })
    void aNumberIsDialledByTheLongestEntryThatFits(String number, boolean allowed) {
        assertThat(RULES.allowNumber(number)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "sip:ada@pbx.example.com, true",
        "sip:ada@PBX.example.COM, true, a host has no case",
        "sip:+12025550101@pbx.example.com, true",
        "sip:+4989123456@pbx.example.com, true, the host is listed and the number not refused",
        "sip:+19001234567@pbx.example.com, false, a refused number in other clothes",
        "sip:+1-900-1234567@pbx.example.com, false, and with separators",
        "sip:+1.900.1234567@pbx.example.com, false",
        "sip:+19005550123@pbx.example.com, true, but some of them are allowed: the longest entry decides",
        "sip:ada@evil.example, false",
        "sip:ada@pbx.example.com.evil.example, false",
        "sip:ada@evil-pbx.example.com, false",
        "sip:ada@sub.pbx.example.com, false",
        "sip:ada@pbx.example.com., false, the same name with its dot: not as it is listed",
        "sip:ada@pbx.example.com:5080, false, another port is another server",
        "sip:ada:5060@pbx.example.com, false, a password",
        "sip:ada@pbx.example.com;maddr=203.0.113.9, false",
        "sip:ada@pbx.example.com;transport=tcp, false",
        "sip:ada@pbx.example.com;lr, false",
        "sip:ada;phone-context=+882@pbx.example.com, false",
        "sip:ada@pbx.example.com?Route=%3Csip:evil.example%3E, false",
        "sip:ada@pbx.example.com?Replaces=1, false",
        "sip:ada@evil.example@pbx.example.com, false",
        "sip:ada%40evil.example@pbx.example.com, false",
        "sip:ada%3Bmaddr@pbx.example.com, false",
        "sip:@pbx.example.com, false",
        "sip:pbx.example.com, false",
        "sips:ada@pbx.example.com, false",
        "SIP:ada@pbx.example.com, false",
        "sip:ada@[2001:db8::1], false",
        "sip:ada@203.0.113.9, false",
        "sip:ada@pbx.exаmple.com, false, a Cyrillic letter",
        "'<sip:ada@pbx.example.com>', false",
        "'sip:ada@pbx.example.com, sip:x@evil.example', false",
        "tel:+12025550101, false"
    })
    void aSipAddressIsAUserAtAListedHostAndNothingMore(String uri, boolean allowed) {
        assertThat(RULES.allowSip(uri)).isEqualTo(allowed);
    }

    @Test
    void lineBreaksGetNowhere() {
        assertThat(RULES.allowSip("sip:ada@pbx.example.com\r\nRoute: <sip:evil.example>"))
                .isFalse();
        assertThat(RULES.allowSip("sip:ada@pbx.example.com\n")).isFalse();
        assertThat(RULES.allowNumber("+12025550101\r\n")).isFalse();
    }

    @Test
    void nothingIsAllowedThatNoEntryNames() {
        assertThat(DialRules.parse(" , ").allowNumber("+12025550101")).isFalse();
        assertThat(DialRules.parse("").allowSip("sip:ada@pbx.example.com")).isFalse();
        assertThat(DialRules.parse("+").allowNumber("+882161234567")).isTrue();
    }

    @Test
    void ofTwoEqualEntriesTheRefusalCounts() {
        assertThat(DialRules.parse("+1900,!+1900").allowNumber("+19005550101")).isFalse();
        assertThat(DialRules.parse("!+1900,+1900").allowNumber("+19005550101")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"49", "+49*", "!sip:pbx", "sip:", "sip:a@b", "+1;+2", "pbx.example.com", "+1 +2"})
    void aTypingErrorIsNoticed(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DialRules.parse("+1," + entry))
                .withMessageContaining(entry)
                .withMessageContaining("accepted are prefixes like +49");
    }
}

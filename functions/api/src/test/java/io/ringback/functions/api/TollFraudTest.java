package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringback.core.call.Identifier;
import io.ringback.core.decision.Effect;
import io.ringback.core.media.MediaCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** By no operation that dials does anybody get out to where the operator does not let him. */
class TollFraudTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Whom the operator does not let be dialled, well written. */
    private static final List<String> FORBIDDEN = List.of(
            "4:+882161234567",
            "4:+19005550101",
            "sip:+19005550101@pbx.example.com",
            "sip:ada@evil.example",
            "sip:ada@pbx.example.com.evil.example",
            "sip:ada@203.0.113.9");

    /** What could be taken for somebody who may be dialled. */
    private static final List<String> TRICKS = List.of(
            "4:12025550101",
            "4:+1911",
            "4:911",
            "4:+1 2025550101",
            "4:+12025550101;phone-context=+882",
            "4:+12025550101,,9",
            "4:+12025550101@evil.example",
            "4:+1202555010112345",
            "+12025550101",
            "tel:+12025550101",
            "sips:ada@pbx.example.com",
            "sip:pbx.example.com",
            "sip:ada@pbx.example.com:5080",
            "sip:ada@pbx.example.com;maddr=203.0.113.9",
            "sip:ada@pbx.example.com;transport=tcp",
            "sip:ada@pbx.example.com?Route=%3Csip:evil.example%3E",
            "sip:ada%40evil.example@pbx.example.com",
            "sip:ada@evil.example@pbx.example.com",
            "sip:ada:secret@pbx.example.com",
            "sip:ada@[2001:db8::1]",
            "sip:ada@pbx.example.com\r\nRoute: <sip:evil.example>",
            "8:acs:ringback_ada@evil.example",
            "8:acs:ringback_ada;maddr=203.0.113.9",
            "28:orgid:somebody");

    /** Each way to dial: a sample, the scene in which it works, and where its target stands. */
    private enum Way {
        CREATE_CALL("create-call/ok", Scene.NOTHING, "targets[0]"),
        INVITE("invite-participants/ok", Scene.ANSWERED, "participants[0]"),
        INVITE_OUT_OF_CALL("invite-participants/out-of-call", Scene.ANSWERED, "participants[0]"),
        TRANSFER("transfer-call/ok", Scene.ANSWERED, "targetParticipant"),
        REDIRECT("redirect-call/ok-while-it-rings", Scene.OFFERED, "target");

        private final String sample;
        private final Scene scene;
        private final String place;

        Way(String sample, Scene scene, String place) {
            this.sample = sample;
            this.scene = scene;
            this.place = place;
        }

        Reply dial(ApiBench bench, String rawId) {
            SampleEvent event = bench.events.sample(sample);
            ObjectNode body = event.bodyTree();
            JsonNode target = JSON.objectNode().put("rawId", rawId);
            String member = place.replaceFirst("\\[0]", "");
            body.set(member, member.equals(place) ? target : JSON.arrayNode().add(target));
            return bench.invokeWith(sample, event.withBody(body.toString()).text());
        }
    }

    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    static Stream<Arguments> forbidden() {
        return Stream.of(Way.values()).flatMap(way -> FORBIDDEN.stream().map(target -> Arguments.of(way, target)));
    }

    static Stream<Arguments> tricks() {
        return Stream.of(Way.values()).flatMap(way -> TRICKS.stream().map(target -> Arguments.of(way, target)));
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void whatTheOperatorDoesNotAllowIsRefusedAndTheRuleNamed(Way way, String target) {
        way.scene.set(bench);
        int commits = bench.calls.commits().size();

        Reply reply = way.dial(bench, target);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("10300");
        assertThat(reply.target()).contains(way.place);
        assertThat(reply.message())
                .contains(target)
                .contains("RINGBACK_DIAL_PREFIXES")
                .contains("+1, !+1900, sip:pbx.example.com");
        assertThat(bench.calls.commits()).hasSize(commits);
    }

    @ParameterizedTest
    @MethodSource("tricks")
    void whatIsNeitherANumberNorAUserNorAPlainSipAddressIsMalformed(Way way, String target) {
        way.scene.set(bench);
        int commits = bench.calls.commits().size();

        Reply reply = way.dial(bench, target);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8523");
        assertThat(reply.target().orElse("")).startsWith(way.place);
        assertThat(bench.calls.commits()).hasSize(commits);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheOperatorAllowsIsDialledAsItWasWritten(Way way) {
        way.scene.set(bench);

        Reply reply = way.dial(bench, "sip:ada@pbx.example.com");

        assertThat(reply.status()).isBetween(200, 299);
        assertThat(bench.calls.commits().stream()
                        .flatMap(commit -> commit.effects().stream())
                        .filter(Effect.Command.class::isInstance)
                        .map(effect -> ((Effect.Command) effect).command())
                        .filter(MediaCommand.DialLeg.class::isInstance)
                        .map(command -> ((MediaCommand.DialLeg) command).target()))
                .last()
                .isEqualTo(new Identifier("sip:ada@pbx.example.com"));
    }

    @Test
    void whoJoinsIsALabelAndDialledByNobody() {
        bench.placeAnsweredCall();
        SampleEvent event = bench.events.sample("join-call/ok");
        ObjectNode body = event.bodyTree();
        body.set("source", JSON.objectNode().put("rawId", "4:+882161234567"));
        int before = dials();

        assertThat(bench.invokeWith("join-call", event.withBody(body.toString()).text())
                        .status())
                .isEqualTo(202);
        assertThat(dials()).isEqualTo(before);
    }

    private int dials() {
        return (int) bench.calls.commits().stream()
                .flatMap(commit -> commit.effects().stream())
                .filter(effect ->
                        effect instanceof Effect.Command order && order.command() instanceof MediaCommand.DialLeg)
                .count();
    }
}

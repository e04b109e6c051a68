package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.AnswerLeg;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling;
import io.ringback.core.media.MediaCommand.DialLeg.Coupling.Kind;
import io.ringback.core.media.MediaCommand.SendTones;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaEvent.CallOffered;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.LegRinging;
import io.ringback.core.media.MediaEvent.PlayEnded.Outcome;
import io.ringback.core.media.MediaEvent.TonePressed;
import io.ringback.core.media.MediaEvent.TonesSent;
import io.ringback.core.media.MediaReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People at raw phones who talk to each other through a whole gateway; each hums a tone of its own. */
class ConversationIT {
    private static final String CALL = "call-000000000000001";
    private static final Identifier ANN = Identifier.ofPhoneNumber("+12065550101");
    private static final Identifier BOB = Identifier.ofPhoneNumber("+12065550102");
    private static final Identifier OUR_NUMBER = Identifier.ofPhoneNumber("+12065550199");
    private static final int ANNS_TONE = 600;
    private static final int BOBS_TONE = 1000;
    private static final int MUSIC = 1700;

    @TempDir
    Path folder;

    private final World world = new World();
    private final RawPhone ann = new RawPhone(true);
    private final RawPhone bob = new RawPhone(true);
    private LiveGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = gateway(folder.resolve("data"), world);
    }

    @AfterEach
    void stop() {
        gateway.close();
        ann.close();
        bob.close();
    }

    @Test
    void twoHearEachOtherUntilOneIsMutedOrHeldWithMusic() throws Exception {
        try (MockWebServer prompts = new MockWebServer()) {
            prompts.start();
            prompts.enqueue(new MockResponse.Builder()
                    .body(new Buffer().write(Wave.ofTone(MUSIC, 4000)))
                    .build());
            connect("ann", ANN);
            connect("bob", BOB);
            try (Voice anns = new Voice(ann, ANNS_TONE);
                    Voice bobs = new Voice(bob, BOBS_TONE)) {
                anns.hum();
                bobs.hum();
                await(() -> Voice.hears(ann, BOBS_TONE) && Voice.hears(bob, ANNS_TONE));
                set("ann", true, false, null);
                await(() -> Voice.hears(ann, BOBS_TONE) && !Voice.hears(bob, ANNS_TONE));
                set(
                        "ann",
                        false,
                        true,
                        new PromptSource.File(prompts.url("/music.wav").uri(), null));
                await(() -> Voice.hears(ann, MUSIC) && !Voice.hears(ann, BOBS_TONE) && !Voice.hears(bob, ANNS_TONE));
                assertThat(gateway.snapshot(CALL)).contains("\"held\":true");
                assertThat(Voice.hears(bob, MUSIC)).isFalse();
                set("ann", false, false, null);
                await(() -> Voice.hears(ann, BOBS_TONE) && Voice.hears(bob, ANNS_TONE) && !Voice.hears(ann, MUSIC));
            }
        }
    }

    @Test
    void pressesReachTheOtherOfTwoAndThoseThatAreSentTheirPhone() throws Exception {
        connect("ann", ANN);
        connect("bob", BOB);
        ann.press(5);
        await(() -> bob.presses().equals(List.of(5)));
        assertThat(gateway.await(TonePressed.class, pressed -> true)).isEqualTo(new TonePressed("ann", Tone.TONE5));
        put(new SendTones("send-1", "bob", List.of(Tone.TONE1, Tone.POUND), soon()));
        assertThat(gateway.await(TonesSent.class, sent -> true).outcome()).isEqualTo(Outcome.COMPLETED);
        await(() -> bob.presses().equals(List.of(5, 1, 11)));
        assertThat(ann.presses()).isEmpty();
    }

    @Test
    void theTransferredOneHearsRingbackUntilTheTargetAnswers() throws Exception {
        connect("ann", ANN);
        bob.letRing();
        put(dial("bob", BOB, new Coupling("ann", Kind.RINGBACK)));
        await(() -> Voice.hears(ann, 440) && Voice.hears(ann, 480));
        bob.answer();
        gateway.await(LegConnected.class, leg -> leg.participantId().equals("bob"));
        try (Voice bobs = new Voice(bob, BOBS_TONE)) {
            bobs.hum();
            await(() -> Voice.hears(ann, BOBS_TONE) && !Voice.hears(ann, 440));
        }
    }

    @Test
    void aCallerReachesAUserWithoutAnyFunction() throws Exception {
        Identifier user = world.people.user("bob", "");
        world.people.register(user, LiveGateway.ID, "sip:bob@127.0.0.1:" + bob.sipPort());
        bob.letRingAudibly();
        ann.call("bob", gateway.sipPort());
        await(() -> ann.answers().stream().anyMatch(answer -> answer.startsWith("183")));
        try (Voice anns = new Voice(ann, ANNS_TONE);
                Voice bobs = new Voice(bob, BOBS_TONE)) {
            bobs.hum();
            await(() -> Voice.hears(ann, BOBS_TONE));
            assertThat(ann.answers()).noneMatch(answer -> answer.startsWith("2"));
            bob.answer();
            anns.hum();
            await(() -> Voice.hears(ann, BOBS_TONE) && Voice.hears(bob, ANNS_TONE));
        }
        CallOffered offered = gateway.await(CallOffered.class, call -> true);
        assertThat(offered.kind()).isEqualTo(Origin.Kind.PEER);
        assertThat(world.events())
                .contains(new LegConnected(offered.callerLeg()), new LegRinging(callee(offered), 183))
                .startsWith(offered);
    }

    @Test
    void theUsersRefusalGoesBackUnchanged() throws Exception {
        Identifier user = world.people.user("bob", "");
        world.people.register(user, LiveGateway.ID, "sip:bob@127.0.0.1:" + bob.sipPort());
        bob.letRing();
        ann.call("bob", gateway.sipPort());
        await(() -> ann.answers().stream().anyMatch(answer -> answer.startsWith("180")));
        bob.refuse("603 Decline");
        await(() -> ann.answers().stream().anyMatch(answer -> answer.startsWith("603")));
        CallOffered offered = gateway.await(CallOffered.class, call -> true);
        gateway.await(LegEnded.class, ended -> ended.participantId().equals(offered.callerLeg()));
    }

    @Test
    void aCallerRingsUntilAnApplicationAnswersAndIsMissedByTheNextLife() throws Exception {
        world.people.subscribe(OUR_NUMBER);
        ann.call("+12065550199", gateway.sipPort());
        CallOffered offered = gateway.await(CallOffered.class, call -> true);
        assertThat(offered.kind()).isEqualTo(Origin.Kind.INCOMING);
        await(() -> ann.answers().stream().anyMatch(answer -> answer.startsWith("180")));
        Path photograph = folder.resolve("photograph");
        Disk.copy(folder.resolve("data"), photograph);
        String call = world.reports().get(0).serverCallId();
        gateway.put(call, new AnswerLeg(offered.callerLeg(), soon()));
        await(() -> ann.answers().stream().anyMatch(answer -> answer.startsWith("200")));
        gateway.await(LegConnected.class, leg -> true);
        World after = new World();
        try (LiveGateway next = gateway(photograph, after)) {
            LegEnded ended = next.await(LegEnded.class, leg -> true);
            assertThat(ended.participantId()).isEqualTo(offered.callerLeg());
            assertThat(ended.reason()).isEqualTo(EndReason.GATEWAY_LOST);
            assertThat(after.reports()).extracting(MediaReport::serverCallId).containsOnly(call);
        }
    }

    @Test
    void aCallerThatGivesUpIsNotRungForAnyMore() throws Exception {
        Identifier user = world.people.user("bob", "");
        world.people.register(user, LiveGateway.ID, "sip:bob@127.0.0.1:" + bob.sipPort());
        bob.letRing();
        ann.call("bob", gateway.sipPort());
        await(() -> ann.answers().stream().anyMatch(answer -> answer.startsWith("180")));
        ann.cancel("bob", gateway.sipPort());
        await(() -> bob.requests().contains("CANCEL"));
        await(() -> ann.answers().stream().anyMatch(answer -> answer.startsWith("487")));
    }

    private LiveGateway gateway(Path data, World around) throws IOException {
        return new LiveGateway(data, around, Map.of("+12065550101", ann, "+12065550102", bob), ann);
    }

    private void connect(String participantId, Identifier target) throws Exception {
        put(dial(participantId, target, null));
        gateway.await(LegConnected.class, leg -> leg.participantId().equals(participantId));
    }

    private static DialLeg dial(String participantId, Identifier target, @Nullable Coupling coupling) {
        return new DialLeg(participantId, target, null, Duration.ofSeconds(20), coupling, soon());
    }

    private void set(String participantId, boolean muted, boolean held, @Nullable PromptSource music) throws Exception {
        put(new SetLeg(participantId, muted, held, music, SetLeg.Sounding.PLAIN, soon()));
    }

    private void put(MediaCommand command) throws Exception {
        gateway.put(CALL, command);
    }

    private static String callee(CallOffered offered) {
        return String.valueOf(offered.calleeLeg());
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(condition);
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(30);
    }
}

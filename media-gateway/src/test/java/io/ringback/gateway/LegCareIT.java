package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.media.MediaEvent.LegEnded;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a gateway does for its legs all the time. */
class LegCareIT extends OnePhone {
    @Test
    void aLegThatFallsSilentIsAskedAndEndedWhenItDoesNotAnswer() throws Exception {
        gateway.close();
        gateway = gateway("impatient", world, Duration.ofSeconds(1));
        connect();
        phone.say(new byte[160]);
        Awaitility.await().until(() -> phone.requests().contains("OPTIONS"));
        assertThat(world.event(LegEnded.class)).as("it answers, so it stays").isEmpty();
        phone.close();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> world.event(LegEnded.class).isPresent());
        assertThat(world.event(LegEnded.class).orElseThrow().reason()).isEqualTo(EndReason.MEDIA_LOST);
    }

    /** RFC 3550 §6.4.1: version 2, type 200, our SSRC, and the count of packets so far. */
    @Test
    void eachLegReportsEveryFiveSeconds() throws Exception {
        connect();
        phone.say(new byte[160]);
        Awaitility.await()
                .atMost(Duration.ofSeconds(8))
                .until(() -> !phone.reports().isEmpty());
        byte[] report = phone.reports().get(0);
        assertThat(report[0] & 0xC0).isEqualTo(0x80);
        assertThat(report[1] & 0xFF).isEqualTo(200);
        assertThat(number(report, 4, 4)).isEqualTo(number(phone.heard().get(0), 8, 4));
        assertThat(number(report, 20, 4)).isBetween(200L, 300L);
        assertThat(report[0] & 0x1F)
                .as("reports about the one source that was heard")
                .isEqualTo(1);
    }
}

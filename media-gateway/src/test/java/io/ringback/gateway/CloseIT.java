package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a gateway leaves behind when it closes. */
@Isolated("it looks at all threads of the process")
class CloseIT extends OnePhone {
    @Test
    void nothingIsLeftOpenWhenItCloses() throws Exception {
        connect();
        gateway.close();
        Awaitility.await().until(() -> phone.requests().contains("BYE"));
        Set<String> names = Set.of(
                "pacer-0",
                "pacer-1",
                "rtp-reader",
                "rtcp-timer",
                "event-courier",
                "calls",
                "call-timers",
                "heartbeat",
                "acknowledger",
                "recording-writer",
                "recording-finisher");
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .doesNotContainAnyElementsOf(names));
    }
}

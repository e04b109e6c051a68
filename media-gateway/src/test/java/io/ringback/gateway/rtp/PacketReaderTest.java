package io.ringback.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacketReaderTest {
    @Test
    void goesOnWhenATaskOfOneLegFails() throws IOException, InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        try (PacketReader reader = new PacketReader()) {
            reader.execute(() -> {
                throw new IllegalStateException("from a task, as this test wants it");
            });
            reader.execute(ran::countDown);

            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}

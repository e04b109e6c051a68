package io.ringback.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PacingPathTest {
    private static final int WARM_UP = 500;
    private static final int CYCLES = 2000;

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void aCycleAllocatesNothing(int rate) {
        WholePath path = new WholePath(new AudioFormat(rate), 5, true);
        path.run(WARM_UP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        path.run(CYCLES);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("bytes in %d cycles", CYCLES).isLessThan(CYCLES);
    }
}

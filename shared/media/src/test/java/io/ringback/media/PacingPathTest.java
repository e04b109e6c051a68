package io.ringback.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

final class PacingPathTest {
    private static final int WARM_UP = 500;
    private static final int CYCLES = 2000;

    @Test
    void aCycleAllocatesNothing() {
        WholePath path = new WholePath(5, true);
        path.run(WARM_UP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        path.run(CYCLES);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("bytes in %d cycles", CYCLES).isLessThan(CYCLES);
    }
}

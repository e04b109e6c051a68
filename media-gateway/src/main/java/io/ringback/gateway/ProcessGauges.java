package io.ringback.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** What the process itself holds. */
final class ProcessGauges {
    private ProcessGauges() {}

    /**
     * By name: {@code threads}, {@code heapBytes} (in use now), {@code heapAfterGcBytes} (in use after the collector's
     * last run; 0 before the first), {@code openFiles} (sockets among them; not on Windows).
     */
    static Map<String, Long> read() {
        Map<String, Long> all = new TreeMap<>();
        all.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
        all.put("heapBytes", heap(MemoryPoolMXBean::getUsage));
        all.put("heapAfterGcBytes", heap(MemoryPoolMXBean::getCollectionUsage));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            all.put("openFiles", system.getOpenFileDescriptorCount());
        }
        return all;
    }

    private static long heap(Function<MemoryPoolMXBean, MemoryUsage> usage) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(usage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }
}

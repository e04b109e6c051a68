package io.ringback.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Java process of this machine holds, by {@code jcmd} and {@code /proc}.
 *
 * @param heap bytes of live objects, after a collection that left what has a finalizer to it, and another one
 * @param classes the same by class
 * @param threads of Java, by name without its digits: those of the virtual machine come and go as it likes
 * @param sockets the fewest in ten seconds: the schedules that a test invokes make connections of the moment
 * @param files open ones, sockets included, the fewest alike
 */
record Vitals(long heap, Map<String, Long> classes, Map<String, Long> threads, long sockets, long files) {
    private static final Pattern CLASS = Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)");
    private static final Pattern JAVA_THREAD = Pattern.compile("(?m)^\"(.*)\" #\\d+ ");

    private static final int LOOKS = 40;
    private static final Duration BETWEEN = Duration.ofMillis(250);

    /** As the JDK calls the threads of a pool. */
    private static final String UNNAMED = "pool-#-thread-#";

    static Vitals of(long pid) throws IOException {
        jcmd(pid, "GC.run");
        jcmd(pid, "GC.run_finalization");
        Map<String, Long> classes = new HashMap<>();
        Matcher line = CLASS.matcher(jcmd(pid, "GC.class_histogram"));
        while (line.find()) {
            classes.merge(line.group(2), Long.parseLong(line.group(1)), Long::sum);
        }
        Map<String, Long> threads = JAVA_THREAD
                .matcher(jcmd(pid, "Thread.print"))
                .results()
                .collect(groupingBy(thread -> thread.group(1).replaceAll("\\d+", "#"), counting()));
        long sockets = Long.MAX_VALUE;
        long files = Long.MAX_VALUE;
        for (int look = 0; look < LOOKS; look++) {
            List<String> open = files(pid);
            sockets = Math.min(
                    sockets,
                    open.stream().filter(file -> file.startsWith("socket:")).count());
            files = Math.min(files, open.size());
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        return new Vitals(
                classes.values().stream().mapToLong(Long::longValue).sum(),
                Map.copyOf(classes),
                threads,
                sockets,
                files);
    }

    /**
     * All threads that somebody has named. The others are this test's, and those of the jobs of DynamoDB Local, whose pool
     * takes a further one each 450 s.
     */
    long threadCount() {
        return threads.entrySet().stream()
                .filter(threads -> !threads.getKey().equals(UNNAMED))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What there is more of than there was then, those first that grew most, with the difference. */
    static Map<String, Long> growth(Map<String, Long> then, Map<String, Long> now, int most) {
        Map<String, Long> grown = new LinkedHashMap<>();
        now.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue() - then.getOrDefault(entry.getKey(), 0L)))
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(most)
                .forEach(entry -> grown.put(entry.getKey(), entry.getValue()));
        return grown;
    }

    private static String jcmd(long pid, String command) throws IOException {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(program, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), UTF_8);
        }
    }

    /** What each descriptor stands for. */
    private static List<String> files(long pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.flatMap(Vitals::target).toList();
        }
    }

    private static Stream<String> target(Path descriptor) {
        try {
            return Stream.of(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException closedMeanwhile) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.ringback.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Java process of this machine holds, by {@code jcmd} and {@code /proc}.
 *
 * @param heap bytes of live objects, after a collection
 * @param threads of Java: those of the virtual machine come and go as it likes
 * @param files open ones, sockets included
 */
record Vitals(long heap, long threads, long sockets, long files) {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern JAVA_THREAD = Pattern.compile("(?m)^\".*\" #\\d+ ");

    static Vitals of(long pid) throws IOException {
        Matcher total = TOTAL.matcher(jcmd(pid, "GC.class_histogram"));
        if (!total.find()) {
            throw new IOException("process " + pid + " does not tell what is on its heap");
        }
        List<String> files = files(pid);
        return new Vitals(
                Long.parseLong(total.group(1)),
                JAVA_THREAD.matcher(jcmd(pid, "Thread.print")).results().count(),
                files.stream().filter(file -> file.startsWith("socket:")).count(),
                files.size());
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

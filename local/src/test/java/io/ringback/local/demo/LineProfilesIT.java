package io.ringback.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.local.phones.CallTrace;
import io.ringback.local.phones.LineProfile;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.TestStacks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's whole flow over each kind of bad line; a few stacks at a time, because a call is mostly waiting. */
class LineProfilesIT {
    private static final List<String> PROFILES = List.of(
            "loss=2%",
            "jitter=30ms",
            "drift=200ppm",
            "drift=-200ppm",
            "dtmf=nomarker",
            "dtmf=lostend",
            "dtmf=info",
            "dtmf=inband",
            "nat",
            "loss=2%,jitter=30ms,drift=200ppm");

    private static final int AT_ONCE = 3;

    @TempDir
    Path data;

    @Test
    void theDemosFlowWorksOverEachLine() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        Map<String, Future<List<String>>> runs = new LinkedHashMap<>();
        for (String profile : PROFILES) {
            runs.put(profile, threads.submit(call(profile, data.resolve("stack" + runs.size()))));
        }
        threads.shutdown();

        Map<String, String> failures = new LinkedHashMap<>();
        for (Map.Entry<String, Future<List<String>>> run : runs.entrySet()) {
            try {
                List<String> steps = run.getValue().get();
                System.out.println(run.getKey() + ": " + steps.get(steps.size() - 1));
            } catch (ExecutionException e) {
                failures.put(run.getKey(), String.valueOf(e.getCause()));
            }
        }
        assertThat(failures).isEmpty();
    }

    private static Callable<List<String>> call(String profile, Path folder) {
        return () -> {
            List<String> steps = new ArrayList<>();
            try (LocalStack stack = LocalStack.start(TestStacks.options(folder).withLine(LineProfile.parse(profile)));
                    CallbackReceiver receiver = TestStacks.receiver()) {
                CallScript.Outcome outcome =
                        new CallScript(new ApiClient(stack.ready()), receiver, steps::add).run("+15555550101", "tone1");
                List<CallTrace> calls = stack.phones().calls();
                new RecordingCheck(steps::add).check(outcome, calls.get(calls.size() - 1));
            }
            return steps;
        };
    }
}

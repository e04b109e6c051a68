package io.ringback.gateway.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private static final int ROOM = 256;

    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final Gauges gauges = new Gauges();
    private final SerialExecutor busy = new SerialExecutor("leg busy", ROOM, pool::add, gauges);
    private final SerialExecutor calm = new SerialExecutor("leg calm", ROOM, pool::add, gauges);
    private final List<String> ran = new ArrayList<>();

    private void runAll() {
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
    }

    @Test
    void aBusyLegLetsTheOthersIn() {
        busy.execute(() -> ran.add("busy 1"));
        busy.execute(() -> ran.add("busy 2"));
        busy.execute(() -> ran.add("busy 3"));
        calm.execute(() -> ran.add("calm"));
        runAll();

        assertThat(ran).containsExactly("busy 1", "calm", "busy 2", "busy 3");
    }

    @Test
    void oneLegNeverRunsTwoTasksAtOnce() {
        busy.execute(() -> ran.add("1"));
        busy.execute(() -> ran.add("2"));

        assertThat(pool).hasSize(1);
    }

    @Test
    void whatATaskThrowsStopsNothing() {
        busy.execute(() -> {
            throw new IllegalStateException("from a task, as this test wants it");
        });
        busy.execute(() -> {
            throw new StackOverflowError("from a task, as this test wants it");
        });
        busy.execute(() -> ran.add("after"));
        runAll();

        assertThat(ran).containsExactly("after");
        assertThat(gauges.snapshot()).containsEntry("failedTasks", 2L);
    }

    /** Else a peer could keep a leg from being hung up, and its timers from ending it. */
    @Test
    void aFloodKeepsNoOrderAndNoTimerOut() {
        for (int i = 0; i < ROOM; i++) {
            busy.offer(() -> ran.add("x"));
        }
        busy.execute(() -> ran.add("hang up"));
        runAll();

        assertThat(ran).hasSize(ROOM + 1).last().isEqualTo("hang up");
    }

    @Test
    void aFloodedLegLosesItsOwnMessages() {
        for (int i = 0; i < ROOM + 7; i++) {
            busy.offer(() -> ran.add("x"));
        }
        calm.execute(() -> ran.add("calm"));
        runAll();

        assertThat(ran).hasSize(ROOM + 1).contains("calm");
        assertThat(gauges.snapshot()).containsEntry("droppedTasks", 7L);
    }
}

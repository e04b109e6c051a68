package io.ringback.local.chaos;

import io.ringback.local.stack.Leftovers;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.StackOptions.Trunk;
import io.ringback.local.stack.TestStacks;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** A stack under a storm: calls come and go, everything breaks; then it calms down and is judged. */
final class ChaosRun implements Closeable {
    private static final int LEGS = 100;
    private static final int RECEIVERS = 6;
    private static final int CALLERS_IN_TEN = 2;
    private static final long SWEEP_SECONDS = 5;
    private static final long WATCH_SECONDS = 15;
    private static final long END_SECONDS = 5;

    /** A message whose delivery died comes again when its visibility is over; that is to be before the end. */
    private static final Duration DELIVERIES_DIE_UNTIL = Duration.ofSeconds(20);

    private final ChaosPlan plan;
    private final Deque<Closeable> parts = new ArrayDeque<>();
    private final Storm storm = new Storm();
    private final Requests requests = new Requests();
    private final ReceiverLog log = new ReceiverLog();
    private final DyingPorts ports;
    private final WearyCloud cloud;
    private final UnrulyQueues queues;
    private final Outside outside;
    private final LocalStack stack;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(3);
    private final Reaper reaper;
    private final PersistentClient api;
    private final Customer customer;
    private final Random callers;
    private int numbers;
    private volatile Instant ends = Instant.MAX;

    ChaosRun(ChaosPlan plan, Path folder) throws Exception {
        this.plan = plan;
        ports = new DyingPorts(storm, plan.random("deaths"), this::isSpared);
        cloud = new WearyCloud(storm, plan.random("cloud"));
        queues = new UnrulyQueues(storm, plan.random("queues"));
        outside = new Outside(folder, plan.seed());
        parts.push(outside::close);
        stack = LocalStack.start(TestStacks.options(folder.resolve("data"), LEGS)
                .with()
                .split(true)
                .trunk(new Trunk(outside.trunk(), null, null))
                .interceptors(this::interceptors)
                .handover(queues)
                .build());
        parts.push(stack::close);
        parts.push(queues::close);
        parts.push(timer::shutdownNow);
        callers = plan.random("callers");
        reaper = new Reaper(stack, storm, timer, plan.random("kills"));
        api = new PersistentClient(stack.ready().http(), stack.ready().accessKey(), storm, plan.random("impatience"));
        customer = new Customer(api, requests, timer, plan.random("scripts"), outside.prompt("/prompt.wav"));
        List<MoodyReceiver> receivers = new ArrayList<>();
        for (int i = 0; i < RECEIVERS; i++) {
            MoodyReceiver receiver = new MoodyReceiver(storm, plan.random("receiver " + i), log, customer::told);
            parts.push(receiver::close);
            receivers.add(receiver);
        }
        customer.receives(receivers);
        customer.subscribe();
        every(SWEEP_SECONDS, () -> api.tick("SweeperFunction"));
        every(WATCH_SECONDS, () -> api.tick("GatewayWatchFunction"));
        every(END_SECONDS, customer::endOld);
    }

    /** Calls while everything breaks; returns when the last has begun and nothing breaks any more. */
    void rage() {
        ends = Instant.now().plus(plan.length());
        storm.begin();
        reaper.reap(plan.life());
        place(plan.length());
        storm.end();
    }

    /** Calls at a steady rate for so long; returns when the last has begun. */
    void place(Duration length) {
        int calls = (int) (length.toMillis() * plan.callsPerMinute() / 60_000);
        for (int call = 0; call < calls; call++) {
            boolean inbound = callers.nextInt(10) < CALLERS_IN_TEN;
            String called = String.format("+4989%06d", ++numbers);
            Duration ringing = Duration.ofMillis(4000 + callers.nextInt(8000));
            Duration talk = Duration.ofMillis(1000 + callers.nextInt(8000));
            Runnable begin = inbound ? () -> outside.call(sip(), called, ringing, talk) : customer::place;
            var unused = timer.schedule(begin, length.toMillis() * call / calls, TimeUnit.MILLISECONDS);
        }
        CompletableFuture<Void> last = new CompletableFuture<>();
        var unused = timer.schedule(() -> last.complete(null), length.toMillis(), TimeUnit.MILLISECONDS);
        last.join();
    }

    /** Forgets what was judged. */
    void forget() throws IOException {
        log.clear();
        requests.clear();
        customer.clear();
        outside.clear();
    }

    LocalStack stack() {
        return stack;
    }

    /** Whether nothing is due any more: before that there is no need to ask the judges. */
    boolean isQuiet() {
        return new Leftovers(stack).dueStreams().isEmpty();
    }

    /** What is not as it has to be; what is still under way is among it. */
    List<String> complaints() throws IOException, InterruptedException {
        List<Arrival> arrivals = log.arrivals();
        List<String> complaints = new ArrayList<>(requests.complaints());
        complaints.addAll(reaper.complaints());
        complaints.addAll(OwedJudge.complaints(requests.owed(), arrivals));
        complaints.addAll(DialJudge.complaints(outside.dialled(), requests.dials()));
        complaints.addAll(GhostJudge.complaints(outside.everybody(), reaper.lives()));
        complaints.addAll(StreamJudge.complaints(arrivals));
        Leftovers leftovers = new Leftovers(stack);
        complaints.addAll(leftovers.dueStreams());
        complaints.addAll(leftovers.deadMessages());
        if (complaints.isEmpty()) {
            complaints.addAll(leftovers.unappliedReports(serverCalls(arrivals)));
        }
        return complaints;
    }

    /** How often the gateway was killed and came back. */
    int kills() {
        return reaper.lives().size();
    }

    /** Boundaries at which somebody should have died. */
    List<String> survived() {
        return ports.survived();
    }

    /** For people. */
    String report() throws IOException {
        List<Leg> dialled = outside.dialled();
        return plan + "\n" + ports.table() + ports.deaths() + " deaths, " + cloud.faults()
                + " refusals and lost answers, "
                + queues.faults() + " late, torn and doubled batches, " + api.repeats() + " repeated requests, "
                + reaper.lives().size() + " kills, slowest end of a leg "
                + GhostJudge.slowest(outside.everybody(), reaper.lives()).toMillis()
                + " ms after the launch\nrequests: "
                + requests.statistics() + "\nevents: " + log.answers() + "\n" + dialled.size() + " phones rung, "
                + outside.everybody().size() + " legs\n";
    }

    @Override
    public void close() throws IOException {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    private void every(long seconds, Runnable task) {
        var unused = timer.scheduleWithFixedDelay(task, seconds, seconds, TimeUnit.SECONDS);
    }

    private List<ExecutionInterceptor> interceptors(String function) {
        List<ExecutionInterceptor> all = new ArrayList<>(ports.apply(function));
        all.add(cloud);
        return all;
    }

    /** Nobody dies delivering shortly before the storm ends. */
    private boolean isSpared(Boundary boundary) {
        boolean delivery = boundary.function().equals("DeliverCallbackFunction");
        return delivery && Instant.now().isAfter(ends.minus(DELIVERIES_DIE_UNTIL));
    }

    private InetSocketAddress sip() {
        URI address = URI.create(stack.ready().sip().replace("sip:", "sip://"));
        return new InetSocketAddress(address.getHost(), address.getPort());
    }

    private static Set<String> serverCalls(List<Arrival> arrivals) {
        return arrivals.stream()
                .map(arrival -> arrival.stream().split(" ", 2)[1])
                .collect(Collectors.toSet());
    }
}

package io.ringback.gateway.sip;

import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TooManyListenersException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipProvider;
import org.jspecify.annotations.Nullable;

/** The SIP side on JAIN-SIP: one stack, UDP and TCP on the same port. */
public final class SipStack implements SipEndpoint {
    /** Legs spend their time waiting; these threads run their short tasks. */
    private static final int THREADS = 8;

    private static final int PORT_ATTEMPTS = 20;

    private final SipStackImpl stack;
    private final LegContext context;
    private final ExecutorService pool;
    private final Watchdog watchdog;

    private SipStack(SipStackImpl stack, LegContext context, ExecutorService pool, Watchdog watchdog) {
        this.stack = stack;
        this.context = context;
        this.pool = pool;
        this.watchdog = watchdog;
    }

    /**
     * Opens the sockets and starts.
     *
     * @throws IOException when the address cannot be bound
     */
    public static SipStack start(SipSettings settings, DialogJournal journal) throws IOException {
        return start(settings, journal, null);
    }

    /**
     * The same with users that can register and call.
     *
     * @param users null when there are none
     */
    public static SipStack start(SipSettings settings, DialogJournal journal, @Nullable SipUsers users)
            throws IOException {
        return start(settings, journal, users, InetAddress::getAllByName);
    }

    static SipStack start(
            SipSettings settings, DialogJournal journal, @Nullable SipUsers users, LegContext.Resolver resolver)
            throws IOException {
        SecureRandom random = new SecureRandom();
        Supplier<String> tokens = () -> {
            byte[] bytes = new byte[12];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        };
        Gauges gauges = new Gauges();
        Switchboard switchboard = new Switchboard(new StrayRequests(tokens.get(), gauges), gauges);
        try {
            SipStackImpl stack = new SipStackImpl(StackSettings.properties("ringback-" + tokens.get()));
            stack.setMessageParserFactory(new GuardedParserFactory(gauges));
            SipProvider provider = listen(stack, settings.bind());
            provider.addSipListener(switchboard);
            stack.start();
            String host = settings.advertisedHost() != null
                    ? settings.advertisedHost()
                    : settings.bind().getAddress().getHostAddress();
            int port = provider.getListeningPoint("udp").getPort();
            Wire wire = new Wire(provider, new InetSocketAddress(host, port), tokens);
            LegContext context = new LegContext(
                    settings, wire, switchboard, journal, new Timers(), gauges, tokens, random, resolver);
            Watchdog watchdog = new Watchdog(
                    new InetSocketAddress(settings.bind().getAddress(), port),
                    settings.timing().watchdog(),
                    tokens);
            return new SipStack(stack, context, threads(), watchdog);
        } catch (SipException | TooManyListenersException e) {
            throw new IOException("SIP stack does not start on " + settings.bind(), e);
        }
    }

    private static ExecutorService threads() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "sip-legs");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static SipProvider listen(SipStackImpl stack, InetSocketAddress bind) throws SipException, IOException {
        String host = bind.getAddress().getHostAddress();
        for (int attempt = 1; ; attempt++) {
            int port = bind.getPort() != 0 ? bind.getPort() : freePort(bind.getAddress());
            try {
                ListeningPoint udp = stack.createListeningPoint(host, port, "udp");
                try {
                    ListeningPoint tcp = stack.createListeningPoint(host, port, "tcp");
                    SipProvider provider = stack.createSipProvider(udp);
                    provider.addListeningPoint(tcp);
                    return provider;
                } catch (SipException | InvalidArgumentException e) {
                    stack.deleteListeningPoint(udp);
                    throw e;
                }
            } catch (SipException | InvalidArgumentException e) {
                // A free port that somebody took meanwhile is no reason to give up; a wanted one is.
                if (bind.getPort() != 0 || attempt == PORT_ATTEMPTS) {
                    throw new IOException("cannot listen on " + host + ":" + port, e);
                }
            }
        }
    }

    private static int freePort(InetAddress address) throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, address)) {
            return probe.getLocalPort();
        }
    }

    @Override
    public SipLeg dial(OutboundLeg order, SipLegListener listener) {
        Leg leg = new Leg(order, context, executor(order.legId()), listener);
        leg.start();
        return leg;
    }

    @Override
    public SipLeg dialUser(UserLeg leg, SipLegListener listener) {
        throw new UnsupportedOperationException("users cannot be dialled yet");
    }

    @Override
    public void open(InboundCalls calls) {
        throw new UnsupportedOperationException("no calls come in yet");
    }

    private SerialExecutor executor(String legId) {
        return new SerialExecutor(legId, pool, context.gauges());
    }

    @Override
    public void endGhost(DialogRecord ghost, Runnable done) {
        new Ghost(ghost, context, executor(ghost.legId()), done).start();
    }

    @Override
    public InetSocketAddress advertised() {
        return context.wire().advertised();
    }

    @Override
    public boolean ready() {
        return watchdog.ready();
    }

    @Override
    public Map<String, Long> gauges() {
        Map<String, Long> all = context.gauges().snapshot();
        all.put("dialogs", context.switchboard().size());
        all.put("timers", context.timers().pending());
        all.put("clientTransactions", (long) stack.getClientTransactionTableSize());
        all.put("serverTransactions", (long) stack.getServerTransactionTableSize());
        return all;
    }

    @Override
    public void close() {
        watchdog.close();
        context.timers().close();
        stack.stop();
        pool.shutdown();
        try {
            if (!pool.awaitTermination(2, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.ringback.gateway.sip;

import gov.nist.javax.sip.SipStackImpl;
import io.ringback.core.directory.Registration;
import io.ringback.gateway.guard.FailedLogins;
import io.ringback.gateway.task.Gauges;
import io.ringback.gateway.task.SerialExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TooManyListenersException;
import java.util.function.Supplier;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipProvider;
import org.jspecify.annotations.Nullable;

/** The SIP side on JAIN-SIP: one stack, UDP and TCP on the same port. */
public final class SipStack implements SipEndpoint {
    private static final int PORT_ATTEMPTS = 20;

    private final SipStackImpl stack;
    private final LegContext context;
    private final Threads threads;
    private final Watchdog watchdog;
    private final InviteTable invites;
    private final Connections connections;
    private final Reception reception;

    private SipStack(
            SipStackImpl stack,
            LegContext context,
            Threads threads,
            Watchdog watchdog,
            InviteTable invites,
            Connections connections,
            Reception reception) {
        this.stack = stack;
        this.context = context;
        this.threads = threads;
        this.watchdog = watchdog;
        this.invites = invites;
        this.connections = connections;
        this.reception = reception;
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
        Threads threads = new Threads(gauges);
        InstantSource clock = users == null ? InstantSource.system() : users.clock();
        try {
            SourceRates rates = rates(settings, resolver, threads, clock);
            Connections connections =
                    new Connections(settings.access().guards(), rates, gauges, Connections.Silence.DEFAULT);
            SipStackImpl stack = new BoundedStack(
                    StackSettings.properties("ringback-" + tokens.get()), new BoundedNetwork(connections));
            stack.setMessageParserFactory(new GuardedParserFactory(rates, gauges));
            SipProvider provider = listen(stack, settings.bind());
            String host = settings.advertisedHost() != null
                    ? settings.advertisedHost()
                    : settings.bind().getAddress().getHostAddress();
            int port = provider.getListeningPoint("udp").getPort();
            LegContext context = new LegContext(
                    settings,
                    new Wire(provider, new InetSocketAddress(host, port), tokens),
                    new Switchboard(),
                    journal,
                    new Timers(),
                    gauges,
                    tokens,
                    random,
                    resolver,
                    threads.lookUps());
            InviteTable invites = new InviteTable(settings.access());
            StatelessAnswers answers = new StatelessAnswers(tokens.get());
            Reception reception = new Reception(
                    context,
                    answers,
                    gatekeeper(context, threads, users, clock),
                    invites,
                    new Allowance(settings.access().guards(), stack::getServerTransactionTableSize, gauges, clock),
                    threads,
                    users == null ? null : new RegistrarServer(users));
            provider.addSipListener(
                    new StackListener(context.switchboard(), reception, new StrayRequests(answers, gauges), gauges));
            stack.start();
            Watchdog watchdog = new Watchdog(
                    new InetSocketAddress(settings.bind().getAddress(), port),
                    settings.timing().watchdog(),
                    tokens);
            return new SipStack(stack, context, threads, watchdog, invites, connections, reception);
        } catch (SipException | TooManyListenersException e) {
            throw new IOException("SIP stack does not start on " + settings.bind(), e);
        }
    }

    private static SourceRates rates(
            SipSettings settings, LegContext.Resolver resolver, Threads threads, InstantSource clock) {
        List<String> friends = new ArrayList<>(settings.trunkHosts());
        friends.addAll(settings.access().guards().peers());
        InetAddress bound = settings.bind().getAddress();
        return new SourceRates(
                settings.access().guards(),
                new TrunkSources(friends, resolver, threads.lookUps(), clock),
                bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound,
                clock);
    }

    private static Gatekeeper gatekeeper(
            LegContext context, Threads threads, @Nullable SipUsers users, InstantSource clock) {
        return new Gatekeeper(
                context.settings().access().domain(),
                new TrunkSources(context.settings().trunkHosts(), context.resolver(), threads.lookUps(), clock),
                new Login(context.settings().access().domain(), new Nonces(context.tokens(), clock)),
                new FailedLogins(clock),
                users,
                context.gauges());
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
        String callerId =
                order.callerId() != null ? order.callerId() : context.settings().defaultCallerId();
        LegOrder only = new LegOrder(
                order.legId(),
                order.legId(),
                order.callId(),
                Destination.of(order, context.settings().trunk()).orElse(null),
                Caller.of(callerId, context.wire()),
                order.rtpPort(),
                order.ringTimeout());
        Leg leg = new Leg(only, context, threads.executor(order.legId()), listener);
        leg.start();
        return leg;
    }

    @Override
    public SipLeg dialUser(UserLeg user, SipLegListener listener) {
        Caller caller = Caller.toUser(
                user.caller(), user.displayName(), context.settings().access().domain());
        List<LegOrder> orders = new ArrayList<>();
        for (Registration contact : user.contacts()) {
            orders.add(new LegOrder(
                    user.legId(),
                    user.legId() + "#" + (orders.size() + 1),
                    user.callId(),
                    Destination.of(contact).orElse(null),
                    caller,
                    user.rtpPort(),
                    user.ringTimeout()));
        }
        SerialExecutor executor = threads.executor(user.legId());
        ForkedLeg leg = new ForkedLeg(
                user.legId(), orders, executor, (order, told) -> new Leg(order, context, executor, told), listener);
        leg.start();
        return leg;
    }

    @Override
    public void open(InboundCalls calls) {
        reception.open(calls);
    }

    @Override
    public void endGhost(DialogRecord ghost, Runnable done) {
        new Ghost(ghost, context, threads.executor(ghost.legId()), done).start();
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
        all.put("pendingCalls", invites.waiting());
        all.put("invites", invites.size());
        all.put("timers", context.timers().pending());
        all.put("clientTransactions", (long) stack.getClientTransactionTableSize());
        all.put("serverTransactions", (long) stack.getServerTransactionTableSize());
        all.put("connections", connections.open());
        all.put("stackDialogs", (long) stack.getDialogs().size());
        return all;
    }

    @Override
    public void close() {
        watchdog.close();
        context.timers().close();
        stack.stop();
        threads.close();
    }
}

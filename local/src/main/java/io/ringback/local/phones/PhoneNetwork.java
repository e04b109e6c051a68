package io.ringback.local.phones;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.sip.ServerTransaction;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import javax.sip.header.Header;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * The simulated phone network: any number of phones behind one SIP port, UDP and TCP, told apart by the last two digits
 * of the number that is dialled. Whatever a gateway does to them is kept in {@link #calls()} and, if wanted, in a file.
 */
public final class PhoneNetwork implements AutoCloseable {
    /**
     * How the network is to be.
     *
     * @param bind an IPv4 address of this machine, for SIP and RTP
     * @param port for SIP; 0 takes a free one
     * @param seed of all randomness: losses, delays, tags, RTP numbers
     * @param traceFile gets a JSON line for each event; null for none
     */
    public record Settings(
            InetAddress bind,
            int port,
            LineProfile line,
            long seed,
            @Nullable Path traceFile) {
        /** A free port on loopback and no trace file. */
        public static Settings onLoopback(LineProfile line) {
            return new Settings(InetAddress.getLoopbackAddress(), 0, line, 1, null);
        }
    }

    private static final String LEG_HEADER = "X-Ringback-Leg";
    /** Two minutes of sound are kept of each call. */
    private static final int KEPT_SAMPLES = 120 * 8000;

    private final Function<String, Optional<Behaviour>> behaviours;
    private final Random random;
    private final NetworkTrace trace;
    private final RtpReceiver receiver;
    private final SerialThread media = new SerialThread("phones-media");
    private final SerialThread signalling = new SerialThread("phones-signalling");
    private final PhoneStack stack;
    private final Telephony telephony;

    /**
     * Starts the network.
     *
     * @param clock wall time of the trace
     * @param nanoTime monotonic time of arrivals and of the trace
     * @throws IOException when the port is taken or the trace file cannot be written
     */
    public PhoneNetwork(Settings settings, Clock clock, LongSupplier nanoTime) throws IOException {
        this(settings, clock, nanoTime, Behaviours::ofNumber);
    }

    /** @param behaviours of the phone with a number; empty where there is no such phone */
    PhoneNetwork(
            Settings settings, Clock clock, LongSupplier nanoTime, Function<String, Optional<Behaviour>> behaviours)
            throws IOException {
        this.behaviours = behaviours;
        random = new Random(settings.seed());
        stack = PhoneStack.open(settings.bind(), settings.port());
        trace = new NetworkTrace(clock, nanoTime, TraceFile.open(settings.traceFile()));
        receiver = new RtpReceiver(nanoTime);
        SoundRoom room = new SoundRoom(settings.bind(), settings.line(), media, receiver, nanoTime, KEPT_SAMPLES);
        SipWriter writer = new SipWriter(settings.bind().getHostAddress(), stack.port());
        telephony = new Telephony(stack.provider(), writer, signalling, room);
        Exchange exchange = new Exchange(telephony, this::call);
        stack.listen(exchange, new LostNetworkValve(exchange::vanished));
    }

    /** Starts the network by the machine's own clocks. */
    public static PhoneNetwork start(Settings settings) throws IOException {
        return new PhoneNetwork(settings, Clock.systemUTC(), System::nanoTime);
    }

    /** The SIP port, UDP and TCP. */
    public int port() {
        return stack.port();
    }

    /** The latest calls, oldest first: bounded. */
    public List<CallTrace> calls() {
        return trace.calls();
    }

    /** The latest call whose INVITE named this leg in {@code X-Ringback-Leg}. */
    public Optional<CallTrace> call(String legId) {
        return calls().stream().filter(call -> call.legId().equals(legId)).reduce((earlier, later) -> later);
    }

    /**
     * How many INVITEs that begin a call came for each leg, by {@code X-Ringback-Leg}; without that header under the
     * empty name. More than 1 means that a person's phone rang twice.
     */
    public Map<String, Integer> invitesByLeg() {
        return trace.invitesByLeg();
    }

    private Optional<PhoneCall> call(ServerTransaction invite) {
        Request request = invite.getRequest();
        String number = numberOf(request.getRequestURI());
        Header leg = request.getHeader(LEG_HEADER);
        CallTrace call = trace.invited(number, leg == null ? "" : valueOf(leg));
        long seed = random.nextLong();
        Optional<PhoneCall> made =
                behaviours.apply(number).map(behaviour -> new PhoneCall(telephony, behaviour, call, invite, seed));
        if (made.isEmpty()) {
            call.record(PhoneEvent.Kind.REJECTED, "404");
        }
        return made;
    }

    private static String numberOf(URI uri) {
        if (uri instanceof SipURI sip) {
            return sip.getUser() == null ? "" : sip.getUser();
        }
        return uri instanceof TelURL tel ? (tel.isGlobal() ? "+" : "") + tel.getPhoneNumber() : "";
    }

    private static String valueOf(Header header) {
        return header.toString().substring(header.getName().length() + 1).strip();
    }

    /** Ends the network at once; running calls are left without a BYE. */
    @Override
    public void close() throws IOException {
        stack.close();
        signalling.close();
        receiver.close();
        media.close();
        trace.close();
    }
}

package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.gateway.task.Gauges;
import io.ringback.testkit.network.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections from 127.44.75.x, which is no address of ours and no trunk's. */
class BoundedNetworkTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final InstantSource clock = InstantSource.system();
    private final SipSettings.Guards limits = new SipSettings.Guards(1000, 1000, 10, 10, 3, 2, List.of());
    private final Gauges gauges = new Gauges();
    private final Connections connections = new Connections(
            limits,
            new SourceRates(
                    limits,
                    new TrunkSources(List.of("127.44.75.9"), InetAddress::getAllByName, Runnable::run, clock),
                    InetAddress.getLoopbackAddress(),
                    clock),
            gauges,
            new Connections.Silence(SHORT, Duration.ofMinutes(1)));
    private final BoundedNetwork network = new BoundedNetwork(connections);
    private final ServerSocket server = network.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();

    BoundedNetworkTest() throws IOException {
        Thread acceptor = new Thread(this::acceptAll, "acceptor");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void acceptAll() {
        try {
            while (true) {
                accepted.add(server.accept());
            }
        } catch (IOException closed) {
            return;
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private Socket connect(String from) throws IOException {
        return network.createSocket(
                InetAddress.getLoopbackAddress(), server.getLocalPort(), InetAddress.getByName(from));
    }

    private Socket next() throws InterruptedException {
        Socket socket = accepted.poll(5, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        return socket;
    }

    private long count(String name) {
        return gauges.snapshot().getOrDefault(name, 0L);
    }

    @Test
    void anAddressAndAllStrangersHaveTheirBoundsAndATrunkHasNone() throws Exception {
        try (Socket one = connect("127.44.75.1");
                Socket two = connect("127.44.75.1");
                Socket third = connect("127.44.75.1");
                Socket other = connect("127.44.75.2");
                Socket late = connect("127.44.75.3");
                Socket trunk = connect("127.44.75.9")) {
            assertThat(third.getInputStream().read()).as("closed at once").isEqualTo(-1);
            assertThat(late.getInputStream().read()).as("closed at once").isEqualTo(-1);
            for (Socket open : List.of(one, two, other, trunk)) {
                open.getOutputStream().write(1);
            }
            Awaitility.await().until(() -> accepted.size() == 4);
            assertThat(connections.open()).isEqualTo(4);
            assertThat(count("refusedConnections")).isEqualTo(2);
        }
    }

    @Test
    void aClosedConnectionMakesRoomOnce() throws Exception {
        try (Socket near = connect("127.44.75.1")) {
            Socket far = next();
            assertThat(connections.open()).isEqualTo(1);
            far.close();
            far.close();
            assertThat(connections.open()).isZero();
            assertThat(near.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoSaysNothingIsHungUpSoon() throws Exception {
        try (Socket silent = connect("127.44.75.1");
                Socket talking = connect("127.44.75.1")) {
            InputStream nothing = next().getInputStream();
            assertThatThrownBy(() -> nothing.read(new byte[10], 0, 10)).isInstanceOf(SocketTimeoutException.class);
            talking.getOutputStream().write(7);
            Socket far = next();
            assertThat(far.getInputStream().read(new byte[10], 0, 10)).isEqualTo(1);
            assertThat(far.getSoTimeout()).isEqualTo(60_000);
            assertThat(silent.isConnected()).isTrue();
        }
    }

    /** The stack would keep in memory whatever it reads meanwhile. */
    @Test
    void whoSendsAndDoesNotReadIsHungUp() throws Exception {
        try (Socket greedy = connect("127.44.75.1")) {
            Socket far = next();
            Thread writer = new Thread(() -> writeUntilClosed(far), "writer");
            writer.start();
            Thread sender = new Thread(() -> writeUntilClosed(greedy), "sender");
            sender.start();
            InputStream in = far.getInputStream();
            assertThatThrownBy(() -> readToTheEnd(in))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not read");
            writer.join(5000);
            sender.join(5000);
            assertThat(writer.isAlive() || sender.isAlive()).isFalse();
            assertThat(count("stalledConnections")).isEqualTo(1);
            assertThat(connections.open()).isZero();
        }
    }

    private static void readToTheEnd(InputStream in) throws IOException {
        byte[] buffer = new byte[4096];
        int count = 0;
        while (count >= 0) {
            count = in.read(buffer, 0, buffer.length);
        }
    }

    private static void writeUntilClosed(Socket socket) {
        byte[] chunk = new byte[8192];
        try {
            OutputStream out = socket.getOutputStream();
            while (true) {
                out.write(chunk, 0, chunk.length);
            }
        } catch (IOException closed) {
            return;
        }
    }

    @Test
    void aRefusedConnectionIsTheExceptionThatTheStackExpects() throws Exception {
        // No number of the system's own range: another program could have it, or this very connection.
        int nobody = Ports.next();
        assertThatThrownBy(() -> network.createSocket(
                        InetAddress.getLoopbackAddress(), nobody, InetAddress.getLoopbackAddress()))
                .isInstanceOf(SocketException.class);
    }
}

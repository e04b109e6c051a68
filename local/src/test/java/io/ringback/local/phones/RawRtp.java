package io.ringback.local.phones;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The caller's RTP by hand: 20 ms µ-law packets out, every datagram in kept with its stamp. */
final class RawRtp implements AutoCloseable {
    /** A datagram as it came. */
    record Arrival(long nanos, ByteBuffer datagram, InetSocketAddress from) {
        int payloadType() {
            return datagram.get(1) & 0x7F;
        }

        int sequence() {
            return datagram.getShort(2) & 0xFFFF;
        }

        int timestamp() {
            return datagram.getInt(4);
        }

        byte[] payload() {
            byte[] payload = new byte[datagram.limit() - 12];
            datagram.duplicate().position(12).get(payload);
            return payload;
        }
    }

    private final DatagramSocket socket;
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    private final List<Arrival> arrivals = new ArrayList<>();
    private int sequence = 65530;

    RawRtp() throws SocketException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread receiver = new Thread(this::receive, "raw-rtp");
        receiver.setDaemon(true);
        receiver.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    private InetSocketAddress to = InetSocketAddress.createUnresolved("nowhere", 1);

    synchronized void sendTo(InetSocketAddress address) {
        to = address;
    }

    /** Says silence, a 440 Hz tone at −13 dBFS and silence again, in whole 20 ms packets. */
    void say(int silentPackets, int loudPackets, int silentAfter) {
        byte[] silence = new byte[160];
        Arrays.fill(silence, (byte) 0xFF);
        int[] sent = {0};
        Future<?> unused = sender.scheduleAtFixedRate(
                () -> {
                    int packet = sent[0]++;
                    boolean loud = packet >= silentPackets && packet < silentPackets + loudPackets;
                    if (packet < silentPackets + loudPackets + silentAfter) {
                        send(loud ? tone(packet) : silence);
                    }
                },
                0,
                20,
                TimeUnit.MILLISECONDS);
    }

    static byte[] tone(int packet) {
        byte[] payload = new byte[160];
        for (int i = 0; i < 160; i++) {
            payload[i] = G711.PCMU.encode(
                    (int) Math.round(7336 * Math.sin(2 * Math.PI * 440 * (packet * 160 + i) / 8000.0)));
        }
        return payload;
    }

    private void send(byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(172)
                .put((byte) 0x80)
                .put((byte) 0)
                .putShort((short) sequence)
                .putInt(sequence * 160)
                .putInt(0x1234)
                .put(payload);
        sequence++;
        InetSocketAddress address;
        synchronized (this) {
            address = to;
        }
        try {
            socket.send(new DatagramPacket(packet.array(), 172, address));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void receive() {
        byte[] buffer = new byte[2048];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (IOException e) {
                return;
            }
            long now = System.nanoTime();
            ByteBuffer copy = ByteBuffer.wrap(Arrays.copyOf(buffer, packet.getLength()));
            synchronized (this) {
                arrivals.add(new Arrival(now, copy, (InetSocketAddress) packet.getSocketAddress()));
            }
        }
    }

    synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** The sound so far, its µ-law packets one after the other. */
    short[] heard() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        arrivals().stream()
                .filter(packet -> packet.payloadType() == 0)
                .forEach(packet -> bytes.writeBytes(packet.payload()));
        return G711.PCMU.decode(bytes.toByteArray());
    }

    /** The telephone-event packets so far. */
    List<Arrival> events() {
        return arrivals().stream().filter(packet -> packet.payloadType() == 101).toList();
    }

    @Override
    public void close() {
        sender.shutdownNow();
        socket.close();
    }
}

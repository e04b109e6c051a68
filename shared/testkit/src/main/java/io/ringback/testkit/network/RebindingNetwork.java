package io.ringback.testkit.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network in which somebody's name server gives a public address to whoever checks the name, and another one to
 * whoever looks again. Nothing leaves this machine: the public address leads to a server on loopback that closes every
 * connection, so that the client has to try again. At the loopback address itself, on the same port, another server
 * waits that nobody from outside may reach.
 */
public final class RebindingNetwork implements AutoCloseable {
    /** An address that a public server could have. */
    public static final String PUBLIC = "1.1.1.1";

    private final Visits outside;
    private final Visits inside;
    private final Queue<List<String>> answers = new ConcurrentLinkedQueue<>();
    private final List<InetAddress> passed = new CopyOnWriteArrayList<>();

    /** @param answers of the name server: addresses for each look-up, the last one for all further */
    public RebindingNetwork(List<List<String>> answers) throws IOException {
        this.answers.addAll(answers);
        this.outside = new Visits();
        this.inside = new Visits();
    }

    /** What the name server says this time. */
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<String> answer = answers.size() > 1 ? answers.remove() : answers.element();
        List<InetAddress> addresses = new ArrayList<>();
        for (String address : answer) {
            addresses.add(InetAddress.getByName(address));
        }
        return addresses;
    }

    /** Where the way to an address ends, for a client that has decided to go there. */
    public InetSocketAddress way(InetSocketAddress to) {
        passed.add(to.getAddress());
        return to.getAddress().isLoopbackAddress() ? to : outside.address();
    }

    /** The port at which the inner server listens. */
    public int port() {
        return inside.address().getPort();
    }

    /** The addresses that somebody connected to, in order. */
    public List<String> passed() {
        return passed.stream().map(InetAddress::getHostAddress).toList();
    }

    public int visitsOutside() {
        return outside.count();
    }

    /** Connections to what must not be reached. */
    public int visitsInside() {
        return inside.count();
    }

    @Override
    public void close() throws IOException {
        outside.close();
        inside.close();
    }
}

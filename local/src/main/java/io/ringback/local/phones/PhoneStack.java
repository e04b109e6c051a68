package io.ringback.local.phones;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPMessageValve;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Properties;
import java.util.TooManyListenersException;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The phones' JAIN-SIP stack: one port, UDP and TCP. */
final class PhoneStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PhoneStack.class);
    private static final int ATTEMPTS = 20;

    private final SipStackImpl stack;
    private final SipProvider provider;

    private PhoneStack(SipStackImpl stack, SipProvider provider) {
        this.stack = stack;
        this.provider = provider;
    }

    /**
     * Opens a stack.
     *
     * @param port 0 takes a free one
     * @throws IOException when the port is taken
     */
    static PhoneStack open(InetAddress bind, int port) throws IOException {
        IOException last = new IOException("no free port");
        for (int attempt = 0; attempt < (port == 0 ? ATTEMPTS : 1); attempt++) {
            try {
                return openAt(bind.getHostAddress(), port == 0 ? freePort(bind) : port);
            } catch (BindException | SipException | InvalidArgumentException e) {
                LOG.debug("A port is taken", e);
                last = new IOException("cannot listen for SIP at " + bind.getHostAddress() + ":" + port, e);
            }
        }
        throw last;
    }

    private static PhoneStack openAt(String host, int port) throws SipException, InvalidArgumentException {
        Properties settings = new Properties();
        settings.setProperty("javax.sip.STACK_NAME", "phones-" + port);
        settings.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "on");
        settings.setProperty("gov.nist.javax.sip.STACK_LOGGER", QuietStackLogger.class.getName());
        // The listener only hands over to the signalling thread, so nothing is gained by waiting for it.
        settings.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        settings.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
        SipStackImpl stack = new SipStackImpl(settings);
        try {
            SipProvider provider = stack.createSipProvider(stack.createListeningPoint(host, port, ListeningPoint.UDP));
            provider.addListeningPoint(stack.createListeningPoint(host, port, ListeningPoint.TCP));
            return new PhoneStack(stack, provider);
        } catch (SipException | InvalidArgumentException e) {
            stack.stop();
            throw e;
        }
    }

    /** A port that is free for UDP and TCP just now. */
    private static int freePort(InetAddress bind) throws IOException {
        try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(bind, 0));
                ServerSocket tcp = new ServerSocket()) {
            tcp.bind(new InetSocketAddress(bind, udp.getLocalPort()));
            return tcp.getLocalPort();
        }
    }

    SipProvider provider() {
        return provider;
    }

    int port() {
        return provider.getListeningPoint(ListeningPoint.UDP).getPort();
    }

    /** From now on this listener gets every message that the valve lets through. */
    void listen(SipListener listener, SIPMessageValve valve) {
        stack.sipMessageValves.add(valve);
        try {
            provider.addSipListener(listener);
        } catch (TooManyListenersException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stack.stop();
    }
}

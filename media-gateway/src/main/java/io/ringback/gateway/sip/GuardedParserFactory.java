package io.ringback.gateway.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageChannel;
import io.ringback.gateway.task.Gauges;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the stack's parser: what is too large or has too many headers is never parsed (a few crafted datagrams
 * can cost the bare parser a gigabyte), and whatever the parser throws becomes a ParseException, so that no message
 * kills the thread that reads the socket.
 */
final class GuardedParserFactory implements MessageParserFactory {
    /** A datagram larger than this is no call of ours; those of a real trunk are below 2 KiB. */
    static final int MAX_UDP_BYTES = 8 * 1024;

    static final int MAX_HEADERS = 100;

    static final int MAX_COMMAS = 400;

    private final SourceRates rates;
    private final Gauges gauges;

    GuardedParserFactory(SourceRates rates, Gauges gauges) {
        this.rates = rates;
        this.gauges = gauges;
    }

    @Override
    public MessageParser createMessageParser(SIPTransactionStack stack) {
        return parser();
    }

    MessageParser parser() {
        return new GuardedParser(new StringMsgParser(), rates, gauges);
    }

    /** One per channel. */
    private static final class GuardedParser implements MessageParser {
        private final StringMsgParser parser;
        private final SourceRates rates;
        private final Gauges gauges;

        GuardedParser(StringMsgParser parser, SourceRates rates, Gauges gauges) {
            this.parser = parser;
            this.rates = rates;
            this.gauges = gauges;
        }

        /** Null, which the stack drops without an answer, for what is not even parsed, or cannot be answered. */
        @Override
        public @Nullable SIPMessage parseSIPMessage(
                byte[] message, boolean readBody, boolean strict, @Nullable ParseExceptionListener listener)
                throws ParseException {
            gauges.count("messages");
            boolean udp = listener instanceof UDPMessageChannel;
            MessageChannel channel = listener instanceof MessageChannel known ? known : null;
            if (channel != null && !rates.admits(address(channel))) {
                gauges.count("throttledMessages");
                return null;
            }
            Head head = Head.of(message);
            if ((udp && message.length > MAX_UDP_BYTES) || head.lines() > MAX_HEADERS || head.commas() > MAX_COMMAS) {
                gauges.count("refusedMessages");
                return null;
            }
            try {
                if (head.ambiguous()) {
                    throw new ParseException("a header stands twice that says one thing", 0);
                }
                return kept(parser.parseSIPMessage(message, readBody, strict, listener), head, channel);
            } catch (ParseException e) {
                gauges.count("malformedMessages");
                throw e;
            } catch (Throwable e) { // Errors too: a stack overflow in the parser is the sender's doing.
                gauges.count("malformedMessages");
                ParseException refused = new ParseException(e.toString(), 0);
                refused.initCause(e);
                throw refused;
            }
        }

        /** The message, if it can be dealt with. */
        private @Nullable SIPMessage kept(@Nullable SIPMessage message, Head head, @Nullable MessageChannel channel) {
            if (message == null) {
                gauges.count("emptyMessages");
                return null;
            }
            if (!Envelope.isWhole(message) || (channel != null && !Envelope.cameBy(message, channel.getTransport()))) {
                gauges.count("malformedMessages");
                return null;
            }
            if (message instanceof SIPRequest request) {
                if (!head.version().isEmpty()) {
                    // The parser takes every version for 2.0; the stack answers others with 505.
                    request.getRequestLine().setSipVersion(head.version());
                }
                if (request.getMaxForwards() == null) {
                    // Older elements send none, which harms nobody but the stack (RFC 3261 §16.3).
                    request.addHeader(SipMessages.header("Max-Forwards", "70"));
                }
            }
            return message;
        }

        /** The stack knows it as text only at this point. */
        private static InetAddress address(MessageChannel channel) {
            try {
                return InetAddress.getByName(channel.getPeerAddress());
            } catch (UnknownHostException e) {
                throw new UncheckedIOException("a literal address needs no look-up", e);
            }
        }
    }
}

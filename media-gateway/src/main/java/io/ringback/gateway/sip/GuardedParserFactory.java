package io.ringback.gateway.sip;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageChannel;
import java.text.ParseException;
import java.util.Locale;
import java.util.Set;
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

    /** Header lines may hold lists; each element becomes an object. */
    static final int MAX_COMMAS = 400;

    /** Those that the stack listens on. */
    private static final Set<String> TRANSPORTS = Set.of("UDP", "TCP");

    private final Gauges gauges;

    GuardedParserFactory(Gauges gauges) {
        this.gauges = gauges;
    }

    @Override
    public MessageParser createMessageParser(SIPTransactionStack stack) {
        return new GuardedParser(new StringMsgParser(), gauges);
    }

    /** One per channel. */
    private static final class GuardedParser implements MessageParser {
        private final StringMsgParser parser;
        private final Gauges gauges;

        GuardedParser(StringMsgParser parser, Gauges gauges) {
            this.parser = parser;
            this.gauges = gauges;
        }

        /** Null, which the stack drops without an answer, for what is not even parsed. */
        @Override
        public @Nullable SIPMessage parseSIPMessage(
                byte[] message, boolean readBody, boolean strict, @Nullable ParseExceptionListener listener)
                throws ParseException {
            boolean udp = listener instanceof UDPMessageChannel;
            if ((udp && message.length > MAX_UDP_BYTES) || tooManyHeaders(message)) {
                gauges.count("refusedMessages");
                return null;
            }
            try {
                SIPMessage parsed = parser.parseSIPMessage(message, readBody, strict, listener);
                if (parsed instanceof SIPRequest request && !isAnswerable(request)) {
                    gauges.count("malformedMessages");
                    return null;
                }
                return parsed;
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

        /** An answer goes by the transport of the top Via (RFC 3261 §18.2.2); the stack fails over one that it lacks. */
        private static boolean isAnswerable(SIPRequest request) {
            Via via = request.getTopmostVia();
            return via == null || TRANSPORTS.contains(via.getTransport().toUpperCase(Locale.ROOT));
        }

        private static boolean tooManyHeaders(byte[] message) {
            int lines = 0;
            int commas = 0;
            boolean lineStart = true;
            for (byte b : message) {
                if (b == '\n') {
                    if (lineStart && lines > 0) {
                        // The empty line: what follows is the body.
                        break;
                    }
                    lines++;
                    lineStart = true;
                } else if (b != '\r') {
                    lineStart = false;
                    commas += b == ',' ? 1 : 0;
                }
            }
            // The first line is the start line.
            return lines > MAX_HEADERS + 1 || commas > MAX_COMMAS;
        }
    }
}

package io.ringback.gateway.sip;

import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import io.ringback.gateway.task.Gauges;
import io.ringback.testkit.fuzz.Mutator;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Good SIP messages to make bad ones of: those of RFC 4475, and a call and a registration as phones make them. */
final class SipCorpus {
    /** What the stack's own datagram channel does not forgive. */
    private static final Set<Class<?>> NEEDED = Set.of(
            From.class,
            To.class,
            CSeq.class,
            Via.class,
            CallID.class,
            ContentLength.class,
            RequestLine.class,
            StatusLine.class);

    private SipCorpus() {}

    static Mutator mutator(UdpPeer peer) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/rfc4475"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".dat"))
                    .sorted()
                    .toList()) {
                messages.add(Files.readAllBytes(file));
            }
        }
        for (String method : List.of("INVITE", "REGISTER", "OPTIONS", "BYE", "CANCEL", "PRACK", "UPDATE", "INFO")) {
            messages.add(Ask.of(method, peer)
                    .body(method.equals("INVITE") ? UdpPeer.SDP : "")
                    .with(
                            "P-Asserted-Identity: \"A\" <tel:+1-555-0100>",
                            "Record-Route: <sip:127.0.0.1;lr>",
                            "Session-Expires: 1800;refresher=uas",
                            "Supported: timer, 100rel",
                            "Require: timer",
                            "RAck: 1 1 INVITE",
                            "Authorization: Digest username=\"ann\", realm=\"ringback\", nonce=\"n\", uri=\"sip:x\","
                                    + " response=\"r\", qop=auth, nc=00000001, cnonce=\"c\"")
                    .text()
                    // The same in every run, so that a seed means the same input.
                    .replace(Integer.toString(peer.port()), "40404")
                    .getBytes(StandardCharsets.US_ASCII));
        }
        List<String> words = List.of(
                "\r\n",
                "\r\n\r\n",
                " ",
                "\t",
                ";",
                ",",
                "<",
                ">",
                "\"",
                "\\",
                "%00",
                "%",
                "@",
                ":",
                "=",
                "*",
                "[::1]",
                "sip:",
                "sips:",
                "tel:+1",
                "SIP/2.0",
                "SIP/2.0/UDP ",
                ";tag=",
                ";branch=z9hG4bK",
                ";rport",
                ";maddr=a",
                "Via: ",
                "From: ",
                "To: ",
                "Call-ID: ",
                "CSeq: ",
                "Contact: *\r\n",
                "Content-Length: ",
                "Route: ",
                "Content-Type: application/sdp\r\n",
                "Max-Forwards: ",
                "Require: x\r\n",
                "Expires: ",
                "\u00e9",
                "\0");
        return new Mutator(messages, words, GuardedParserFactory.MAX_UDP_BYTES + 100);
    }

    /** The parser as a datagram meets it. */
    static MessageParser parser(Gauges gauges) {
        InstantSource clock = InstantSource.system();
        SourceRates rates = new SourceRates(
                SipSettings.Guards.DEFAULT,
                new TrunkSources(List.of(), InetAddress::getAllByName, Runnable::run, clock),
                InetAddress.getLoopbackAddress(),
                clock);
        return new GuardedParserFactory(rates, gauges).parser();
    }

    static @Nullable SIPMessage parse(MessageParser parser, byte[] message) throws ParseException {
        return parser.parseSIPMessage(message, true, false, new Strict());
    }

    private static final class Strict implements ParseExceptionListener {
        @Override
        @SuppressWarnings("rawtypes") // The stack's interface has it so.
        public void handleException(
                ParseException problem, SIPMessage message, @Nullable Class type, String header, String text)
                throws ParseException {
            if (type != null && NEEDED.contains(type)) {
                throw problem;
            }
            message.addUnparsed(header);
        }
    }
}

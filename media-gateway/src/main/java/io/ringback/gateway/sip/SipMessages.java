package io.ringback.gateway.sip;

import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import gov.nist.javax.sip.message.SIPRequest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.message.Message;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Makes and reads SIP messages. What it makes is made of values that were checked before; bad ones are bugs. */
final class SipMessages {
    /** The methods that we answer with something other than 405 (RFC 3261 §20.5). */
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK";

    /** The extensions that we serve. */
    static final String SUPPORTED = "timer, 100rel";

    static final String SDP = "application/sdp";

    private static final HeaderFactory HEADERS = new HeaderFactoryImpl();
    private static final AddressFactory ADDRESSES = new AddressFactoryImpl();
    private static final MessageFactory MESSAGES = new MessageFactoryImpl();

    private SipMessages() {}

    static Header header(String name, String value) {
        try {
            return HEADERS.createHeader(name, value);
        } catch (ParseException e) {
            throw new IllegalArgumentException(name + ": " + value, e);
        }
    }

    /** Adds a header that is a list, given as its values with commas between them. */
    static void addList(Message message, String name, String values) {
        for (String value : values.split(",", -1)) {
            message.addHeader(header(name, value.strip()));
        }
    }

    static Optional<SipURI> uri(String text) {
        try {
            return ADDRESSES.createURI(text) instanceof SipURI uri ? Optional.of(uri) : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** A request with neither Via nor body. */
    static Request request(String method, SipURI target, List<Header> headers) {
        SIPRequest request = new SIPRequest();
        request.setMethod(method);
        request.setRequestURI(target);
        headers.forEach(request::addHeader);
        request.addHeader(header("Max-Forwards", "70"));
        return request;
    }

    static void setBody(Message message, String contentType, String body) {
        try {
            message.setContent(body, (ContentTypeHeader) header("Content-Type", contentType));
        } catch (ParseException e) {
            throw new IllegalArgumentException(body, e);
        }
    }

    static Response response(int status, Request to) {
        try {
            return MESSAGES.createResponse(status, to);
        } catch (ParseException e) {
            throw new IllegalArgumentException("status " + status, e);
        }
    }

    static byte[] body(Message message) {
        byte[] body = message.getRawContent();
        return body == null ? new byte[0] : body;
    }

    static String bodyText(Message message) {
        return new String(body(message), StandardCharsets.UTF_8);
    }

    /** The media type of the body in lower case, without parameters; empty for no body. */
    static String contentType(Message message) {
        ContentTypeHeader type = (ContentTypeHeader) message.getHeader("Content-Type");
        return type == null || body(message).length == 0
                ? ""
                : (type.getContentType() + "/" + type.getContentSubType()).toLowerCase(Locale.ROOT);
    }

    static boolean hasSdp(Message message) {
        return contentType(message).equals(SDP);
    }

    static String callId(Message message) {
        return ((CallIdHeader) message.getHeader("Call-ID")).getCallId();
    }

    static CSeqHeader cseq(Message message) {
        return (CSeqHeader) message.getHeader("CSeq");
    }

    static @Nullable String toTag(Message message) {
        return ((ToHeader) message.getHeader("To")).getTag();
    }

    static @Nullable String fromTag(Message message) {
        return ((FromHeader) message.getHeader("From")).getTag();
    }

    /** All headers of that name, each with one value. */
    static Stream<Header> headers(Message message, String name) {
        @SuppressWarnings("unchecked") // JAIN-SIP's interface is older than generics.
        Iterator<Header> values = (Iterator<Header>) message.getHeaders(name);
        Iterable<Header> iterable = () -> values;
        return StreamSupport.stream(iterable.spliterator(), false);
    }

    /** The value of a header as text, without its name; empty when it is absent. */
    static String value(Message message, String name) {
        return headers(message, name).map(SipMessages::valueOf).reduce("", (a, b) -> a.isEmpty() ? b : a + ", " + b);
    }

    static String valueOf(Header header) {
        String line = header.toString().strip();
        return line.substring(line.indexOf(':') + 1).strip();
    }

    /** The option tags in Require, Supported or Unsupported headers, in lower case. */
    static List<String> options(Message message, String name) {
        return Arrays.stream(value(message, name).split(","))
                .map(option -> option.strip().toLowerCase(Locale.ROOT))
                .filter(option -> !option.isEmpty())
                .toList();
    }

    static String describe(Response response) {
        return response.getStatusCode() + " " + response.getReasonPhrase();
    }
}

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
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.message.Message;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Makes and reads SIP messages. What it makes is made of values that were checked before; bad ones are bugs. */
final class SipMessages {
    /** The methods that are served within a dialog (RFC 3261 §20.5). */
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK";

    /** The extensions that we serve. */
    static final String SUPPORTED = "timer, 100rel";

    private static final List<String> SERVED = List.of("timer", "100rel");

    private static final String RETRY_AFTER_SECONDS = "5";

    static final String SDP = "application/sdp";

    static final int LONGEST_ANSWER = 120;

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

    /** Gives a response our tag, unless the request had named one. */
    static Response tagged(Response response, String tag) {
        try {
            ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
            if (to.getTag() == null) {
                to.setTag(tag);
            }
            return response;
        } catch (ParseException e) {
            throw new IllegalArgumentException(tag, e);
        }
    }

    /** A response, 503 with the time after which it may be tried again. */
    static Response refusal(int status, Request to) {
        Response response = response(status, to);
        if (status == Response.SERVICE_UNAVAILABLE) {
            response.setHeader(header("Retry-After", RETRY_AFTER_SECONDS));
        }
        return response;
    }

    /** 420 where the request demands an extension that we do not serve (RFC 3261 §8.2.2.3). */
    static Optional<Response> badExtension(Request request) {
        List<String> unknown = options(request, "Require").stream()
                .filter(option -> !SERVED.contains(option))
                .toList();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        Response response = response(Response.BAD_EXTENSION, request);
        addList(response, "Unsupported", String.join(",", unknown));
        return Optional.of(response);
    }

    /** Adds what we can do to an answer. */
    static Response withAbilities(Response response) {
        addList(response, "Allow", ALLOW);
        response.setHeader(header("Accept", SDP));
        addList(response, "Supported", SUPPORTED);
        return response;
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

    /** The address in a header that has to be there. */
    static Address address(Message message, String name) {
        return ((HeaderAddress) message.getHeader(name)).getAddress();
    }

    /** The user part of a SIP URI; empty where there is none. */
    static String userOf(Address address) {
        return address.getURI() instanceof SipURI uri && uri.getUser() != null ? uri.getUser() : "";
    }

    /** The host of a SIP URI; empty where it is no such URI. */
    static String hostOf(Address address) {
        return address.getURI() instanceof SipURI uri ? uri.getHost() : "";
    }

    /** Where the sender is reached within a dialog; empty where that is no SIP URI. */
    static Optional<SipURI> contact(Message message) {
        return message.getHeader("Contact") instanceof HeaderAddress contact
                        && contact.getAddress().getURI() instanceof SipURI uri
                        && !uri.isSecure()
                ? Optional.of(uri)
                : Optional.empty();
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

    /** Status and reason phrase; of this no more than is worth keeping with a call, for the far side chose it. */
    static String describe(Response response) {
        return cut(response.getStatusCode() + " " + response.getReasonPhrase(), LONGEST_ANSWER);
    }

    /** The beginning of a text of the far side's, in so many chars, without half a character at its end. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}

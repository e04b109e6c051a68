package io.ringback.local.phones;

import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the phones' SIP messages. */
final class SipWriter {
    private static final List<String> ALLOWED = List.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "INFO", "UPDATE");

    private static final Logger LOG = LoggerFactory.getLogger(SipWriter.class);

    private final String host;
    private final int port;
    private final MessageFactoryImpl messages = new MessageFactoryImpl();
    private final HeaderFactoryImpl headers = new HeaderFactoryImpl();
    private final AddressFactoryImpl addresses = new AddressFactoryImpl();

    SipWriter(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** A response to this request, with Allow. */
    Response response(int status, Request request) {
        try {
            Response response = messages.createResponse(status, request);
            for (String method : ALLOWED) {
                response.addHeader(headers.createAllowHeader(method));
            }
            return response;
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Gives a response the phone's tag and its contact. */
    void identify(Response response, String user, String tag) {
        try {
            ((ToHeader) response.getHeader(ToHeader.NAME)).setTag(tag);
            SipURI contact = addresses.createSipURI(user, host);
            contact.setPort(port);
            String transport = ((ViaHeader) response.getHeader(ViaHeader.NAME)).getTransport();
            if (!transport.equalsIgnoreCase("udp")) {
                contact.setTransportParam(transport.toLowerCase(Locale.ROOT));
            }
            response.setHeader(headers.createContactHeader(addresses.createAddress(contact)));
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Adds a header by name and value. */
    void header(Message message, String name, String value) {
        try {
            message.setHeader(headers.createHeader(name, value));
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Gives a message a body. */
    void body(Message message, String type, String subtype, String body) {
        try {
            message.setContent(body, headers.createContentTypeHeader(type, subtype));
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Sends a response. One that the far side is no longer there for is its own loss. */
    void send(ServerTransaction transaction, Response response) {
        try {
            transaction.sendResponse(response);
        } catch (SipException | InvalidArgumentException e) {
            LOG.debug("{} could not be sent", response.getStatusCode(), e);
        }
    }
}

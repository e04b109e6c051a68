package io.ringback.wire.callingserver;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.DialRules;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads an Identifier: exactly one typed member, or the raw id alone (native API §3). */
final class IdentifierReader {
    static final int MAX_RAW_ID = 256;
    private static final int MAX_NUMBER = 32;
    private static final String PHONE = "4:";
    private static final String ACCEPTED =
            "phoneNumber {value}, communicationUser {id}, or a rawId like 4:+14255550123, 8:acs:… or sip:user@host";
    private static final Pattern USER = Pattern.compile("8:acs:[A-Za-z0-9_.-]{1,240}");

    private IdentifierReader() {}

    static Identifier read(JsonBody json) {
        Optional<JsonBody> phone = json.object("phoneNumber");
        Optional<JsonBody> user = json.object("communicationUser");
        Optional<String> rawId = json.text("rawId", MAX_RAW_ID);
        if (phone.isPresent() && user.isPresent()) {
            throw new MalformedRequest(
                    json.place() + " has both phoneNumber and communicationUser; exactly one is accepted",
                    json.place());
        }
        Optional<Identifier> typed = phone.map(member -> Identifier.ofPhoneNumber(readNumber(member, "value")))
                .or(() -> user.map(member -> user(member.requiredText("id", MAX_RAW_ID), member.place("id"))));
        if (typed.isPresent()
                && rawId.isPresent()
                && !rawId.get().equals(typed.get().rawId())) {
            throw new MalformedRequest(
                    json.place("rawId") + " names somebody else than the typed member; leave one of them out",
                    json.place("rawId"));
        }
        return typed.or(() -> rawId.map(id -> ofRawId(id, json.place("rawId"))))
                .orElseThrow(() ->
                        new MalformedRequest(json.place() + " names nobody; accepted is " + ACCEPTED, json.place()));
    }

    /** Reads a required phone number in E.164 form. */
    static String readNumber(JsonBody json, String name) {
        return e164(json.requiredText(name, MAX_NUMBER), json.place(name));
    }

    /** Reads whom a call is for: a phone number as such, or the raw id of a number or a user. */
    static Identifier readCalled(String text, String place) {
        Identifier called = text.startsWith("+") ? Identifier.ofPhoneNumber(e164(text, place)) : ofRawId(text, place);
        if (called.kind() == Identifier.Kind.SIP_URI) {
            throw new MalformedRequest(
                    place + " is a SIP address; accepted are phone numbers like +14255550123 and users like 8:acs:…",
                    place);
        }
        return called;
    }

    private static Identifier ofRawId(String rawId, String place) {
        Identifier identifier = new Identifier(rawId);
        return switch (identifier.kind()) {
            case PHONE_NUMBER -> Identifier.ofPhoneNumber(e164(rawId.substring(PHONE.length()), place));
            case COMMUNICATION_USER -> user(rawId, place);
            case SIP_URI -> {
                if (DialRules.host(rawId).isEmpty()) {
                    throw unknown(place);
                }
                yield identifier;
            }
            case UNKNOWN -> throw unknown(place);
        };
    }

    private static Identifier user(String rawId, String place) {
        if (!USER.matcher(rawId).matches()) {
            throw unknown(place);
        }
        return new Identifier(rawId);
    }

    static String e164(String number, String place) {
        if (!DialRules.isNumber(number)) {
            throw new MalformedRequest(
                    place + " is not a phone number in E.164 form; accepted is + and 7 to 15 digits, like +14255550123",
                    place);
        }
        return number;
    }

    private static MalformedRequest unknown(String place) {
        return new MalformedRequest(place + " is of no known form; accepted is " + ACCEPTED, place);
    }
}

package io.ringback.local.phones;

import java.util.LinkedHashMap;
import java.util.Map;

/** The phone's own session descriptions: its offer, and its answers (RFC 3264). */
final class LocalDescription {
    /** What the phone proposes for telephone events; the customary 101 is avoided, so that nobody can assume it. */
    private static final int OWN_TELEPHONE_EVENT = 97;

    private static final Map<String, String> MIRRORED = Map.of("sendonly", "recvonly", "recvonly", "sendonly");

    private static final String TELEPHONE_EVENT = "telephone-event";

    private final String host;
    private final int port;
    private final boolean telephoneEvents;
    private final long sessionId;
    private long version;
    private String lastMedia = "";

    /** @param telephoneEvents whether telephone-event is offered */
    LocalDescription(String host, int port, boolean telephoneEvents, long sessionId) {
        this.host = host;
        this.port = port;
        this.telephoneEvents = telephoneEvents;
        this.sessionId = sessionId;
    }

    /** All that the phone can do. */
    String offer() {
        Map<Integer, String> encodings = new LinkedHashMap<>();
        G711.LAWS.forEach(law -> encodings.put(law.payloadType(), law.name()));
        if (telephoneEvents) {
            encodings.put(OWN_TELEPHONE_EVENT, TELEPHONE_EVENT);
        }
        return describe(audio(encodings, "sendrecv"));
    }

    /** The answer to an offer of which this was chosen: the chosen line with one law, every other line refused. */
    String answer(SessionDescription offer, RemoteAudio chosen) {
        StringBuilder media = new StringBuilder();
        boolean taken = false;
        for (SessionDescription.Media line : offer.media()) {
            if (!taken
                    && line.kind().equals("audio")
                    && line.port() == chosen.rtp().getPort()) {
                taken = true;
                media.append(audio(encodings(chosen), MIRRORED.getOrDefault(line.direction(), line.direction())));
            } else {
                media.append("m=")
                        .append(line.line().replaceFirst(" \\d+(/\\d+)?", " 0"))
                        .append("\r\n");
            }
        }
        return describe(media.toString());
    }

    private static Map<Integer, String> encodings(RemoteAudio chosen) {
        Map<Integer, String> encodings = new LinkedHashMap<>();
        encodings.put(chosen.payloadType(), chosen.law().name());
        chosen.telephoneEvent().ifPresent(type -> encodings.put(type, TELEPHONE_EVENT));
        return encodings;
    }

    private String audio(Map<Integer, String> encodings, String direction) {
        StringBuilder text = new StringBuilder("m=audio " + port + " RTP/AVP");
        encodings.keySet().forEach(type -> text.append(" ").append(type));
        text.append("\r\n");
        encodings.forEach((type, encoding) -> {
            text.append("a=rtpmap:" + type + " " + encoding + "/8000\r\n");
            if (encoding.equals(TELEPHONE_EVENT)) {
                text.append("a=fmtp:" + type + " 0-15\r\n");
            }
        });
        return text.append("a=ptime:20\r\na=" + direction + "\r\n").toString();
    }

    /** The whole text; the version grows when something changed (RFC 3264 §8). */
    private String describe(String media) {
        if (!media.equals(lastMedia)) {
            version++;
            lastMedia = media;
        }
        return "v=0\r\no=phone " + sessionId + " " + version + " IN IP4 " + host + "\r\ns=-\r\nc=IN IP4 " + host
                + "\r\nt=0 0\r\n" + media;
    }
}

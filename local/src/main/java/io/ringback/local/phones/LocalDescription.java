package io.ringback.local.phones;

import java.util.List;
import java.util.Map;

/** The phone's own session descriptions: its offer, and its answers (RFC 3264). */
final class LocalDescription {
    /** What the phone proposes for telephone events; the customary 101 is avoided, so that nobody can assume it. */
    private static final int OWN_TELEPHONE_EVENT = 97;

    private static final Map<String, String> MIRRORED = Map.of("sendonly", "recvonly", "recvonly", "sendonly");

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
        return describe(audio(
                "0 8",
                List.of(G711.PCMU, G711.PCMA),
                List.of(0, 8),
                telephoneEvents ? OWN_TELEPHONE_EVENT : -1,
                "sendrecv"));
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
                int event = chosen.telephoneEvent().orElse(-1);
                String direction = MIRRORED.getOrDefault(line.direction(), line.direction());
                media.append(audio(
                        String.valueOf(chosen.payloadType()),
                        List.of(chosen.law()),
                        List.of(chosen.payloadType()),
                        event,
                        direction));
            } else {
                String[] words = line.line().split(" +");
                words[1] = "0";
                media.append("m=").append(String.join(" ", words)).append("\r\n");
            }
        }
        return describe(media.toString());
    }

    private String audio(String formats, List<G711> laws, List<Integer> types, int event, String direction) {
        StringBuilder text = new StringBuilder("m=audio " + port + " RTP/AVP " + formats);
        text.append(event < 0 ? "\r\n" : " " + event + "\r\n");
        for (int i = 0; i < laws.size(); i++) {
            text.append("a=rtpmap:" + types.get(i) + " " + laws.get(i).name() + "/8000\r\n");
        }
        if (event >= 0) {
            text.append("a=rtpmap:" + event + " telephone-event/8000\r\na=fmtp:" + event + " 0-15\r\n");
        }
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

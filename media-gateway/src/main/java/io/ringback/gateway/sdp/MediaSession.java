package io.ringback.gateway.sdp;

import io.ringback.gateway.sdp.MediaLine.Format;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Our side of a leg's offers and answers (RFC 3264): what we offered, under which numbers, in which version. We send
 * and receive one G.711 stream and telephone events; every other line is refused by port 0. Not thread-safe.
 */
public final class MediaSession {
    /** Our payload type for telephone events until a peer's offer names another. */
    static final int TELEPHONE_EVENT = 101;

    private final String host;
    private final int rtpPort;
    private final long sessionId;
    private long version;
    private String lastBody = "";

    /** The lines of the last exchange: an offer never has fewer (RFC 3264 §8), ours stands in place of the null. */
    private List<@Nullable MediaLine> slots = slotOfOurs();

    private List<Format> ours = List.of(
            new Format(AudioCodec.PCMU, AudioCodec.PCMU.payloadType()),
            new Format(AudioCodec.PCMA, AudioCodec.PCMA.payloadType()));
    private OptionalInt ourTelephoneEvent = OptionalInt.of(TELEPHONE_EVENT);

    /**
     * @param host our literal IP address as peers reach it
     * @param rtpPort our even RTP port; RTCP is the next one
     * @param sessionId the number in our {@code o=} line, e.g. from the clock
     */
    public MediaSession(String host, int rtpPort, long sessionId) {
        this.host = host;
        this.rtpPort = rtpPort;
        this.sessionId = sessionId;
        this.version = sessionId;
    }

    /** Our offer; the same text, under the same version, while nothing changed. */
    public String offer() {
        return body(ours, ourTelephoneEvent, Direction.SENDRECV);
    }

    /** Takes the answer to our last offer. */
    public Negotiation accept(byte[] answer) {
        try {
            List<MediaLine> lines = SdpParser.parse(answer);
            int index = slots.indexOf(null);
            if (lines.size() <= index || !lines.get(index).isLiveAudio()) {
                return new Negotiation.Refused("the answer refuses our audio");
            }
            MediaLine line = lines.get(index);
            List<Format> usable = line.codecs().stream()
                    .filter(format -> ours.stream().anyMatch(own -> own.codec() == format.codec()))
                    .toList();
            if (usable.isEmpty()) {
                return new Negotiation.Refused("the answer has no codec of our offer");
            }
            OptionalInt events = ourTelephoneEvent.isPresent() ? line.telephoneEvent() : OptionalInt.empty();
            return new Negotiation.Agreed(
                    agreed(line, usable, events, events.isPresent() ? ourTelephoneEvent : events), "");
        } catch (SdpException e) {
            return new Negotiation.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** Answers a peer's offer, first or later. */
    public Negotiation answer(byte[] offer) {
        try {
            List<MediaLine> lines = SdpParser.parse(offer);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).isLiveAudio() && !lines.get(i).codecs().isEmpty()) {
                    return new Negotiation.Agreed(agreeOn(lines, i), lastBody);
                }
            }
            return new Negotiation.Refused("no audio line with PCMU or PCMA");
        } catch (SdpException e) {
            return new Negotiation.Refused(String.valueOf(e.getMessage()));
        }
    }

    private NegotiatedMedia agreeOn(List<MediaLine> lines, int index) throws SdpException {
        MediaLine chosen = lines.get(index);
        // The offerer's numbers are the ones of both directions (RFC 3264 §6.1). All common codecs stay in the
        // answer, so that its order decides what the peer sends and later offers keep the numbers.
        List<Format> common = chosen.codecs();
        NegotiatedMedia media = agreed(chosen, common, chosen.telephoneEvent(), chosen.telephoneEvent(), common);
        slots = new ArrayList<>(lines);
        slots.set(index, null);
        ours = common;
        ourTelephoneEvent = chosen.telephoneEvent();
        Direction offered = chosen.direction();
        Direction seen = chosen.nullAddress() ? Direction.of(offered.sends(), false) : offered;
        lastBody = body(common, ourTelephoneEvent, seen.mirrored());
        return media;
    }

    private NegotiatedMedia agreed(MediaLine line, List<Format> theirs, OptionalInt sendEvent, OptionalInt receiveEvent)
            throws SdpException {
        List<Format> receiving = ours.stream()
                .filter(own -> theirs.stream().anyMatch(format -> format.codec() == own.codec()))
                .toList();
        return agreed(line, theirs, sendEvent, receiveEvent, receiving);
    }

    private static NegotiatedMedia agreed(
            MediaLine line,
            List<Format> theirs,
            OptionalInt sendEvent,
            OptionalInt receiveEvent,
            List<Format> receiving)
            throws SdpException {
        InetSocketAddress rtp = line.address();
        InetSocketAddress rtcp = line.rtcp();
        if (rtp == null || rtcp == null) {
            throw new SdpException("no connection address for the audio");
        }
        if (rtp.getAddress() instanceof Inet6Address || rtcp.getAddress() instanceof Inet6Address) {
            throw new SdpException("an IPv6 address for the audio; ours goes over IPv4");
        }
        Format sending = theirs.get(0);
        return new NegotiatedMedia(
                rtp,
                rtcp,
                sending.codec(),
                sending.payloadType(),
                numberOf(AudioCodec.PCMU, receiving),
                numberOf(AudioCodec.PCMA, receiving),
                sendEvent,
                receiveEvent,
                line.comfortNoise(),
                line.direction().receives() && !line.nullAddress(),
                line.direction().sends());
    }

    private static OptionalInt numberOf(AudioCodec codec, List<Format> formats) {
        return formats.stream()
                .filter(format -> format.codec() == codec)
                .mapToInt(Format::payloadType)
                .findFirst();
    }

    private String body(List<Format> formats, OptionalInt event, Direction direction) {
        StringBuilder media = new StringBuilder();
        for (MediaLine slot : slots) {
            if (slot == null) {
                appendAudio(media, formats, event, direction);
            } else {
                media.append("m=%s 0 %s %s\r\n"
                        .formatted(slot.media(), slot.protocol(), slot.formats().get(0)));
            }
        }
        String text = media.toString();
        if (!lastBody.endsWith(text)) {
            version++;
        }
        String family = host.contains(":") ? "IP6" : "IP4";
        lastBody = "v=0\r\no=ringback %d %d IN %s %s\r\ns=-\r\nc=IN %s %s\r\nt=0 0\r\n%s"
                .formatted(sessionId, version, family, host, family, host, text);
        return lastBody;
    }

    private void appendAudio(StringBuilder to, List<Format> formats, OptionalInt event, Direction direction) {
        String numbers = formats.stream()
                .map(format -> Integer.toString(format.payloadType()))
                .collect(Collectors.joining(" "));
        to.append("m=audio %d RTP/AVP %s".formatted(rtpPort, numbers));
        event.ifPresent(number -> to.append(' ').append(number));
        to.append("\r\n");
        for (Format format : formats) {
            to.append("a=rtpmap:%d %s/8000\r\n".formatted(format.payloadType(), format.codec()));
        }
        event.ifPresent(number ->
                to.append("a=rtpmap:%d telephone-event/8000\r\na=fmtp:%d 0-16\r\n".formatted(number, number)));
        to.append("a=ptime:20\r\na=%s\r\na=rtcp:%d\r\n".formatted(direction.attribute(), rtpPort + 1));
    }

    private static List<@Nullable MediaLine> slotOfOurs() {
        List<@Nullable MediaLine> one = new ArrayList<>();
        one.add(null);
        return one;
    }
}

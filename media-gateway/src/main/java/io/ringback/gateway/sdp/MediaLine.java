package io.ringback.gateway.sdp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One {@code m=} line with the attributes that we use.
 *
 * @param formats as written; payload types for RTP
 * @param rtpmap payload type → encoding name and clock rate, e.g. {@code PCMU/8000}
 * @param address where the writer receives; null when the description names none for this line
 * @param nullAddress true for {@code 0.0.0.0} or {@code ::}, the old way to hold (RFC 3264 §8.4)
 */
record MediaLine(
        String media,
        int port,
        String protocol,
        List<String> formats,
        Map<Integer, String> rtpmap,
        Direction direction,
        @Nullable InetSocketAddress address,
        @Nullable InetSocketAddress rtcp,
        boolean nullAddress) {

    /** Plain RTP audio that is not switched off. */
    boolean isLiveAudio() {
        return media.equals("audio") && protocol.equals("RTP/AVP") && port != 0;
    }

    /** The codecs of ours among the formats, in the writer's order, each with the writer's payload type. */
    List<Format> codecs() {
        return formats.stream().flatMap(format -> codecOf(format).stream()).toList();
    }

    private Optional<Format> codecOf(String format) {
        OptionalInt type = payloadType(format);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        String name = rtpmap.get(type.getAsInt());
        for (AudioCodec codec : AudioCodec.values()) {
            boolean named = name != null && name.equalsIgnoreCase(codec.name() + "/8000");
            if (named || (name == null && codec.payloadType() == type.getAsInt())) {
                return Optional.of(new Format(codec, type.getAsInt()));
            }
        }
        return Optional.empty();
    }

    /** The payload type for telephone events at our clock rate (RFC 4733 §2.4.1). */
    OptionalInt telephoneEvent() {
        return formats.stream()
                .flatMapToInt(format -> payloadType(format).stream())
                .filter(type -> "telephone-event/8000".equalsIgnoreCase(rtpmap.get(type)))
                .findFirst();
    }

    /** True if comfort noise (RFC 3389, static type 13) is among the formats. */
    boolean comfortNoise() {
        return formats.contains("13");
    }

    private static OptionalInt payloadType(String format) {
        if (format.length() > 3 || !format.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        int type = Integer.parseInt(format);
        return type <= 127 ? OptionalInt.of(type) : OptionalInt.empty();
    }

    /** A codec under the writer's number. */
    record Format(AudioCodec codec, int payloadType) {}
}

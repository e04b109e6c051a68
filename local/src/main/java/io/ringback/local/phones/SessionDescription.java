package io.ringback.local.phones;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A session description of the far side (RFC 4566), read as far as a phone needs it.
 *
 * @param media its media lines, in order
 */
record SessionDescription(List<Media> media) {
    /**
     * One media line with what belongs to it.
     *
     * @param line the value of its {@code m=} line
     * @param attributes the values of its {@code a=} lines, session-level ones first
     * @param connection the address of its {@code c=} line, else the session's; empty when neither exists
     */
    record Media(String line, List<String> attributes, String connection) {
        private List<String> words() {
            return List.of(line.split(" +"));
        }

        String kind() {
            return words().get(0);
        }

        int port() {
            return Integer.parseInt(words().get(1).replaceFirst("/.*", ""));
        }

        String protocol() {
            return words().get(2);
        }

        List<Integer> formats() {
            return words().stream().skip(3).map(Integer::valueOf).toList();
        }

        /** The encoding of a payload type, e.g. {@code PCMU/8000}, upper case. */
        private String encoding(int payloadType) {
            for (String attribute : attributes) {
                if (attribute.startsWith("rtpmap:" + payloadType + " ")) {
                    return attribute
                            .substring(attribute.indexOf(' ') + 1)
                            .strip()
                            .toUpperCase(Locale.ROOT);
                }
            }
            for (G711 law : G711.LAWS) {
                if (law.payloadType() == payloadType) {
                    return law.name() + "/8000";
                }
            }
            return "";
        }

        /** The last direction attribute; {@code sendrecv} without one (RFC 3264 §5.1). */
        String direction() {
            String direction = "sendrecv";
            for (String attribute : attributes) {
                if (List.of("sendrecv", "sendonly", "recvonly", "inactive").contains(attribute)) {
                    direction = attribute;
                }
            }
            return direction;
        }

        private Optional<RemoteAudio> audio(boolean telephoneEvents) throws UnknownHostException {
            if (!kind().equals("audio") || !protocol().equals("RTP/AVP") || port() == 0) {
                return Optional.empty();
            }
            OptionalInt event = telephoneEvents
                    ? formats().stream()
                            .filter(type -> encoding(type).equals("TELEPHONE-EVENT/8000"))
                            .mapToInt(type -> type)
                            .findFirst()
                    : OptionalInt.empty();
            for (int type : formats()) {
                for (G711 law : G711.LAWS) {
                    if (encoding(type).equals(law.name() + "/8000")) {
                        return Optional.of(remote(law, type, event));
                    }
                }
            }
            return Optional.empty();
        }

        private RemoteAudio remote(G711 law, int payloadType, OptionalInt event) throws UnknownHostException {
            if (!connection.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                throw new IllegalArgumentException("not a numeric address: " + connection);
            }
            InetAddress address = InetAddress.getByName(connection);
            boolean receives = direction().matches("sendrecv|recvonly") && !address.isAnyLocalAddress();
            return new RemoteAudio(new InetSocketAddress(address, port()), law, payloadType, event, receives);
        }
    }

    /** @throws IllegalArgumentException when it is none, or is longer than a phone would read */
    static SessionDescription parse(String text) {
        if (!text.startsWith("v=0") || text.length() > 8192) {
            throw new IllegalArgumentException("not a session description");
        }
        String connection = "";
        List<String> session = new ArrayList<>();
        List<Media> media = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String value = line.length() > 2 ? line.substring(2).strip() : "";
            Media current = media.isEmpty() ? null : media.get(media.size() - 1);
            if (line.startsWith("m=")) {
                media.add(new Media(value, new ArrayList<>(session), connection));
            } else if (line.startsWith("c=")) {
                String address = value.substring(value.lastIndexOf(' ') + 1);
                if (current == null) {
                    connection = address;
                } else {
                    media.set(media.size() - 1, new Media(current.line(), current.attributes(), address));
                }
            } else if (line.startsWith("a=")) {
                (current == null ? session : current.attributes()).add(value);
            }
        }
        return new SessionDescription(List.copyOf(media));
    }

    /**
     * The first audio line with a law that the phone speaks, in the far side's order of preference.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    Optional<RemoteAudio> audio(boolean telephoneEvents) {
        try {
            for (Media line : media) {
                Optional<RemoteAudio> audio = line.audio(telephoneEvents);
                if (audio.isPresent()) {
                    return audio;
                }
            }
            return Optional.empty();
        } catch (UnknownHostException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("malformed session description", e);
        }
    }
}

package io.ringback.gateway.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a session description (RFC 4566) into its media lines. Bounded in size, lines, media and formats; whatever
 * comes in, the outcome is a list or an {@link SdpException}. Lines that we have no use for are skipped unread.
 */
final class SdpParser {
    /** Larger than any description of a G.711 call; a body beyond it is refused unread. */
    static final int MAX_BYTES = 16 * 1024;

    static final int MAX_LINES = 400;
    static final int MAX_MEDIA = 16;
    static final int MAX_FORMATS = 64;

    /** Only literal addresses: a name would make a peer's description wait for our resolver. */
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private static final Pattern TOKENS = Pattern.compile("[ -~]+");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private final List<Section> sections = new ArrayList<>();
    private final Section session = new Section("session", 0, "", List.of());

    private SdpParser() {}

    static List<MediaLine> parse(byte[] body) throws SdpException {
        if (body.length > MAX_BYTES) {
            throw new SdpException("session description of " + body.length + " bytes");
        }
        SdpParser parser = new SdpParser();
        List<String> lines = new String(body, StandardCharsets.UTF_8)
                .lines()
                .limit(MAX_LINES + 1L)
                .toList();
        if (lines.size() > MAX_LINES) {
            throw new SdpException("session description of more than " + MAX_LINES + " lines");
        }
        if (lines.isEmpty() || !lines.get(0).equals("v=0")) {
            throw new SdpException("no session description of version 0");
        }
        for (String line : lines) {
            parser.line(line);
        }
        return parser.finish();
    }

    private void line(String line) throws SdpException {
        if (line.startsWith("m=")) {
            if (sections.size() == MAX_MEDIA) {
                throw new SdpException("more than " + MAX_MEDIA + " media lines");
            }
            sections.add(media(line.substring(2)));
        } else if (line.startsWith("c=")) {
            current().connection = address(line.substring(2));
        } else if (line.startsWith("a=")) {
            attribute(current(), line.substring(2).strip());
        }
    }

    private Section current() {
        return sections.isEmpty() ? session : sections.get(sections.size() - 1);
    }

    private static Section media(String value) throws SdpException {
        String[] words = value.strip().split(" +", MAX_FORMATS + 4);
        if (words.length < 4 || words.length == MAX_FORMATS + 4) {
            throw new SdpException("media line with " + words.length + " fields");
        }
        if (!TOKENS.matcher(value.strip()).matches()) {
            // Refused lines are echoed in our answer.
            throw new SdpException("media line with unprintable characters");
        }
        String port = words[1].contains("/") ? words[1].substring(0, words[1].indexOf('/')) : words[1];
        return new Section(
                words[0], number(port, 65535), words[2], List.of(words).subList(3, words.length));
    }

    private static void attribute(Section section, String attribute) throws SdpException {
        for (Direction direction : Direction.values()) {
            if (attribute.equals(direction.attribute())) {
                section.direction = direction;
                return;
            }
        }
        if (attribute.startsWith("rtpmap:")) {
            String[] words = attribute.substring("rtpmap:".length()).strip().split(" +", 2);
            if (words.length == 2 && section.rtpmap.size() < MAX_FORMATS) {
                // "/1" names one channel, which is what an audio line without it means.
                String encoding = words[1].strip();
                section.rtpmap.put(
                        number(words[0], 127),
                        encoding.endsWith("/1") ? encoding.substring(0, encoding.length() - 2) : encoding);
            }
        } else if (attribute.startsWith("rtcp:")) {
            String[] words = attribute.substring("rtcp:".length()).strip().split(" +", 2);
            section.rtcpPort = number(words[0], 65535);
            section.rtcpAddress = words.length == 2 ? address(words[1]) : null;
        }
    }

    private List<MediaLine> finish() throws SdpException {
        List<MediaLine> lines = new ArrayList<>();
        for (Section section : sections) {
            lines.add(section.finish(session));
        }
        return List.copyOf(lines);
    }

    private static InetAddress address(String value) throws SdpException {
        String[] words = value.strip().split(" +", 3);
        if (words.length == 3) {
            // A multicast address carries "/ttl"; we take part in no multicast, but need not choke on the syntax.
            String host = words[2].contains("/") ? words[2].substring(0, words[2].indexOf('/')) : words[2];
            boolean literal = (words[1].equals("IP4") && IPV4.matcher(host).matches())
                    || (words[1].equals("IP6")
                            && host.contains(":")
                            && IPV6.matcher(host).matches());
            if (words[0].equals("IN") && literal) {
                try {
                    return InetAddress.getByName(host);
                } catch (UnknownHostException e) {
                    throw new SdpException("bad address " + host);
                }
            }
        }
        throw new SdpException("connection address is not a literal IP address");
    }

    private static int number(String digits, int max) throws SdpException {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SdpException("not a number: " + digits.substring(0, Math.min(digits.length(), 20)));
        }
        int number = Integer.parseInt(digits);
        if (number > max) {
            throw new SdpException(number + " is beyond " + max);
        }
        return number;
    }

    /** What was read of one section so far. */
    private static final class Section {
        final String media;
        final int port;
        final String protocol;
        final List<String> formats;
        final Map<Integer, String> rtpmap = new HashMap<>();

        @Nullable
        Direction direction;

        @Nullable
        InetAddress connection;

        @Nullable
        InetAddress rtcpAddress;

        int rtcpPort = -1;

        Section(String media, int port, String protocol, List<String> formats) {
            this.media = media;
            this.port = port;
            this.protocol = protocol;
            this.formats = formats;
        }

        MediaLine finish(Section session) throws SdpException {
            InetAddress host = connection != null ? connection : session.connection;
            Direction direction = this.direction != null ? this.direction : session.direction;
            InetSocketAddress rtcp = null;
            if (host != null && port != 0) {
                int ownPort = rtcpPort >= 0 ? rtcpPort : port + 1;
                if (ownPort > 65535) {
                    throw new SdpException("no RTCP port above " + port);
                }
                rtcp = new InetSocketAddress(rtcpAddress != null ? rtcpAddress : host, ownPort);
            }
            return new MediaLine(
                    media,
                    port,
                    protocol,
                    formats,
                    Map.copyOf(rtpmap),
                    direction != null ? direction : Direction.SENDRECV,
                    host == null ? null : new InetSocketAddress(host, port),
                    rtcp,
                    host != null && host.isAnyLocalAddress());
        }
    }
}

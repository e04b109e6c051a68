package io.ringback.media.rtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * RTCP compounds from and to bytes. Every packet begins alike (RFC 3550 §6.4.1):
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  count  |     type      |   length in words less one    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        SSRC of its sender                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class RtcpCodec {
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int SOURCE_DESCRIPTION = 202;
    private static final int BYE = 203;
    private static final int CANONICAL_NAME = 1;
    private static final int BLOCK_BYTES = 24;
    private static final int SENDER_BYTES = 28;

    private RtcpCodec() {}

    /** Whether a datagram on a port shared with RTP is RTCP (RFC 5761 §4). */
    public static boolean isRtcp(byte[] bytes, int offset, int length) {
        return length >= 8
                && (bytes[offset] & 0xC0) == 0x80
                && (bytes[offset + 1] & 0xFF) >= 192
                && (bytes[offset + 1] & 0xFF) <= 223;
    }

    /** The packets of a compound; none at all if the datagram is not a valid one (appendix A.2). */
    public static List<RtcpPacket> read(byte[] bytes, int offset, int length) {
        List<RtcpPacket> packets = new ArrayList<>();
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int size = at + 4 > end ? 0 : 4 * (Bytes.uint16(bytes, at + 2) + 1);
            boolean padded = size > 0 && (bytes[at] & 0x20) != 0;
            if (size == 0
                    || at + size > end
                    || (bytes[at] & 0xC0) != 0x80
                    || (padded && (at == offset || at + size != end))) {
                return List.of();
            }
            int type = bytes[at + 1] & 0xFF;
            if (at == offset && type != SENDER_REPORT && type != RECEIVER_REPORT) {
                return List.of();
            }
            packets.add(packet(bytes, at, size, type));
            at += size;
        }
        return packets;
    }

    private static RtcpPacket packet(byte[] bytes, int at, int size, int type) {
        int count = bytes[at] & 0x1F;
        if (type == SENDER_REPORT && size >= SENDER_BYTES + BLOCK_BYTES * count) {
            long ntp = Bytes.uint32(bytes, at + 8) << 32 | Bytes.uint32(bytes, at + 12);
            return new RtcpPacket.SenderReport(
                    Bytes.int32(bytes, at + 4),
                    ntp,
                    Bytes.int32(bytes, at + 16),
                    Bytes.uint32(bytes, at + 20),
                    Bytes.uint32(bytes, at + 24),
                    blocks(bytes, at + SENDER_BYTES, count));
        }
        if (type == RECEIVER_REPORT && size >= 8 + BLOCK_BYTES * count) {
            return new RtcpPacket.ReceiverReport(Bytes.int32(bytes, at + 4), blocks(bytes, at + 8, count));
        }
        if (type == SOURCE_DESCRIPTION && count > 0 && size >= 12 && bytes[at + 8] == CANONICAL_NAME) {
            int nameLength = bytes[at + 9] & 0xFF;
            if (nameLength + 10 <= size) {
                String name = new String(bytes, at + 10, nameLength, StandardCharsets.UTF_8);
                return new RtcpPacket.SourceDescription(Bytes.int32(bytes, at + 4), name);
            }
        }
        if (type == BYE && count > 0 && size >= 8) {
            return new RtcpPacket.Bye(Bytes.int32(bytes, at + 4));
        }
        return new RtcpPacket.Other(type);
    }

    private static List<RtcpPacket.ReportBlock> blocks(byte[] bytes, int at, int count) {
        List<RtcpPacket.ReportBlock> blocks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = at + i * BLOCK_BYTES;
            blocks.add(new RtcpPacket.ReportBlock(
                    Bytes.int32(bytes, from),
                    bytes[from + 4] & 0xFF,
                    Bytes.int32(bytes, from + 4) << 8 >> 8,
                    Bytes.int32(bytes, from + 8),
                    Bytes.int32(bytes, from + 12),
                    Bytes.int32(bytes, from + 16),
                    Bytes.int32(bytes, from + 20)));
        }
        return blocks;
    }

    /** The bytes of a compound, which must begin with a report. */
    public static byte[] write(List<RtcpPacket> packets) {
        byte[] bytes = new byte[packets.stream().mapToInt(RtcpCodec::size).sum()];
        int at = 0;
        for (RtcpPacket packet : packets) {
            write(packet, bytes, at);
            at += size(packet);
        }
        return bytes;
    }

    private static int size(RtcpPacket packet) {
        if (packet instanceof RtcpPacket.SenderReport report) {
            return SENDER_BYTES + BLOCK_BYTES * report.blocks().size();
        }
        if (packet instanceof RtcpPacket.ReceiverReport report) {
            return 8 + BLOCK_BYTES * report.blocks().size();
        }
        if (packet instanceof RtcpPacket.SourceDescription description) {
            // The item and at least one zero octet that ends the list, in whole words.
            return 8 + (2 + name(description).length + 4) / 4 * 4;
        }
        return 8;
    }

    private static byte[] name(RtcpPacket.SourceDescription description) {
        return description.canonicalName().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(RtcpPacket packet, byte[] bytes, int at) {
        if (packet instanceof RtcpPacket.SenderReport report) {
            begin(packet, bytes, at, SENDER_REPORT, report.blocks().size(), report.ssrc());
            Bytes.putInt32(bytes, at + 8, (int) (report.ntpTime() >> 32));
            Bytes.putInt32(bytes, at + 12, (int) report.ntpTime());
            Bytes.putInt32(bytes, at + 16, report.rtpTimestamp());
            Bytes.putInt32(bytes, at + 20, (int) report.packets());
            Bytes.putInt32(bytes, at + 24, (int) report.payloadBytes());
            writeBlocks(report.blocks(), bytes, at + SENDER_BYTES);
        } else if (packet instanceof RtcpPacket.ReceiverReport report) {
            begin(packet, bytes, at, RECEIVER_REPORT, report.blocks().size(), report.ssrc());
            writeBlocks(report.blocks(), bytes, at + 8);
        } else if (packet instanceof RtcpPacket.SourceDescription description) {
            byte[] name = name(description);
            begin(packet, bytes, at, SOURCE_DESCRIPTION, 1, description.ssrc());
            bytes[at + 8] = CANONICAL_NAME;
            bytes[at + 9] = (byte) name.length;
            System.arraycopy(name, 0, bytes, at + 10, name.length);
        } else if (packet instanceof RtcpPacket.Bye bye) {
            begin(packet, bytes, at, BYE, 1, bye.ssrc());
        } else {
            throw new IllegalArgumentException("not written by us: " + packet);
        }
    }

    private static void begin(RtcpPacket packet, byte[] bytes, int at, int type, int count, int ssrc) {
        bytes[at] = (byte) (0x80 | count);
        bytes[at + 1] = (byte) type;
        Bytes.putInt16(bytes, at + 2, size(packet) / 4 - 1);
        Bytes.putInt32(bytes, at + 4, ssrc);
    }

    private static void writeBlocks(List<RtcpPacket.ReportBlock> blocks, byte[] bytes, int at) {
        for (int i = 0; i < blocks.size(); i++) {
            RtcpPacket.ReportBlock block = blocks.get(i);
            int to = at + i * BLOCK_BYTES;
            Bytes.putInt32(bytes, to, block.ssrc());
            Bytes.putInt32(bytes, to + 4, block.fractionLost() << 24 | (block.cumulativeLost() & 0xFFFFFF));
            Bytes.putInt32(bytes, to + 8, block.highestSequence());
            Bytes.putInt32(bytes, to + 12, block.jitter());
            Bytes.putInt32(bytes, to + 16, block.lastSenderReport());
            Bytes.putInt32(bytes, to + 20, block.delaySinceLast());
        }
    }
}

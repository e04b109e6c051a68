package io.ringback.gateway.recording;

import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.gateway.recording.RecordingMetadata.FinishedFile;
import io.ringback.gateway.recording.RecordingMetadata.Stay;
import io.ringback.media.AudioFormat;
import io.ringback.media.wav.WavComposer;
import io.ringback.media.wav.WavComposer.Channel;
import io.ringback.media.wav.WavRecovery;
import io.ringback.media.wav.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the finished file of a recording out of what lies in the folder, whichever life wrote it and wherever that life
 * was cut off: each step either took its place whole or is done again.
 */
final class FinishingTouch {
    private final RecordingFolder folder;

    FinishingTouch(RecordingFolder folder) {
        this.folder = folder;
    }

    /** Returns the metadata with the finished file's; both files are in the folder then. */
    RecordingMetadata finish(RecordingMetadata stopped) throws IOException {
        String id = stopped.recordingId();
        if (stopped.channelType() == Channels.UNMIXED && !Files.exists(folder.wav(id))) {
            compose(stopped);
        }
        long frames = WavRecovery.repair(folder.wav(id));
        int channels =
                stopped.channelType() == Channels.MIXED ? 1 : tracks(stopped).size();
        int headerBytes = WavWriter.headerBytes(channels);
        Mp3Encoder mp3 = new Mp3Encoder(stopped.sampleRate());
        Path file = folder.finished(id, stopped.format());
        if (stopped.format() == Format.MP3 && !Files.exists(file)) {
            mp3.encode(folder.wav(id), headerBytes, folder.part(file));
            Files.move(folder.part(file), file, StandardCopyOption.ATOMIC_MOVE);
        }
        boolean wav = stopped.format() == Format.WAV;
        FinishedFile made = new FinishedFile(
                file.getFileName().toString(),
                wav ? "audio/wav" : "audio/mpeg",
                channels,
                Files.size(file),
                frames * 1000 / stopped.sampleRate());
        RecordingMetadata finished =
                stopped.finished(made, wav ? frame -> headerBytes + 2L * channels * frame : mp3::offset);
        finished.write(folder.metadata(id));
        return finished;
    }

    private void compose(RecordingMetadata stopped) throws IOException {
        List<Channel> channels = tracks(stopped);
        Path composed = folder.wav(stopped.recordingId());
        WavComposer.compose(folder.part(composed), stopped.sampleRate(), channels);
        Files.move(folder.part(composed), composed, StandardCopyOption.ATOMIC_MOVE);
        for (Channel channel : channels) {
            Files.deleteIfExists(channel.raw());
        }
    }

    /** The participants' in order of joining, then what was played to all. */
    private List<Channel> tracks(RecordingMetadata stopped) {
        List<Channel> tracks = new ArrayList<>();
        long samplesPerCycle = new AudioFormat(stopped.sampleRate()).samplesPerCycle();
        for (Stay stay : stopped.participants()) {
            if (stay.channel() != null) {
                tracks.add(new Channel(
                        folder.spool(stopped.recordingId(), stay.channel()), stay.firstCycle() * samplesPerCycle));
            }
        }
        tracks.add(new Channel(folder.applicationSpool(stopped.recordingId()), 0));
        return tracks;
    }
}

package io.ringback.gateway.recording;

import io.ringback.media.AudioFormat;
import io.ringback.media.record.Recorder;
import io.ringback.media.record.SpoolWriter;
import io.ringback.media.record.Track;
import io.ringback.media.wav.WavWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files into which the sound of a recording goes while it is made. On the writer's thread. */
sealed interface SoundFiles {
    /** Takes what the pacer has put. */
    void drain() throws IOException;

    /** Hands what was taken to the operating system, so that a killed process does not lose it. */
    void flush() throws IOException;

    /** Takes the rest and closes the files, after the recorder has ended. */
    void close() throws IOException;

    /** The mix goes into a WAV file that can be played while it grows. */
    final class Mix implements SoundFiles {
        private final Track track;
        private final WavWriter file;

        Mix(Recorder recorder, RecordingFolder folder, String recordingId, AudioFormat format) throws IOException {
            track = recorder.common();
            file = WavWriter.create(folder.wav(recordingId), format, 1);
        }

        @Override
        public void drain() throws IOException {
            track.drain(file::write);
        }

        @Override
        public void flush() throws IOException {
            file.flush();
        }

        @Override
        public void close() throws IOException {
            try (file) {
                drain();
            }
        }
    }

    /** Each track goes into a spool of its own. */
    final class Spools implements SoundFiles {
        private final Recorder recorder;
        private final RecordingFolder folder;
        private final String recordingId;
        private final AudioFormat format;
        private final Spool application;
        private final List<Spool> participants = new ArrayList<>();

        Spools(Recorder recorder, RecordingFolder folder, String recordingId, AudioFormat format) throws IOException {
            this.recorder = recorder;
            this.folder = folder;
            this.recordingId = recordingId;
            this.format = format;
            application =
                    new Spool(recorder.common(), SpoolWriter.create(folder.applicationSpool(recordingId), format));
        }

        @Override
        public void drain() throws IOException {
            List<Track> tracks = recorder.channels();
            for (int i = participants.size(); i < tracks.size(); i++) {
                participants.add(new Spool(tracks.get(i), SpoolWriter.create(folder.spool(recordingId, i), format)));
            }
            application.drain();
            for (Spool spool : participants) {
                spool.drain();
            }
        }

        @Override
        public void flush() throws IOException {
            application.flush();
            for (Spool spool : participants) {
                spool.flush();
            }
        }

        /** Every track ended with the recorder, and an ended one closes its file when it is drained. */
        @Override
        public void close() throws IOException {
            drain();
        }
    }

    /** A track and its file, which is closed when the track is over. */
    final class Spool {
        private final Track track;
        private @Nullable SpoolWriter file;

        private Spool(Track track, SpoolWriter file) {
            this.track = track;
            this.file = file;
        }

        private void drain() throws IOException {
            SpoolWriter open = file;
            if (open != null && track.drain(open)) {
                file = null;
                open.close();
            }
        }

        private void flush() throws IOException {
            if (file != null) {
                file.flush();
            }
        }
    }
}

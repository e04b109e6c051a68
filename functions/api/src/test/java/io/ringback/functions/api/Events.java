package io.ringback.functions.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The sample invocations of {@code events/}, with the words in them replaced that stand for what only a run knows. */
final class Events {
    static final String ACCESS_KEY = "RINGBACK_ACCESS_KEY";
    static final String CONNECTION = "CALL_CONNECTION_ID";
    static final String SERVER_CALL = "SERVER_CALL_ID";
    static final String RECORDING = "RECORDING_ID";
    static final String PARTICIPANT = "PARTICIPANT_ID";
    static final String CONTEXT = "INCOMING_CALL_CONTEXT";
    static final String SUBSCRIPTION = "SUBSCRIPTION_ID";
    static final String IDENTITY = "IDENTITY_ID";
    static final String DEAD_LETTER = "DEAD_LETTER_ID";
    static final String TOKEN = "CONTINUATION_TOKEN";

    private static final Path FOLDER = Path.of("..", "..", "events");

    private final Map<String, String> words = new HashMap<>();

    Events(String accessKey) {
        words.put(ACCESS_KEY, accessKey);
    }

    void set(String word, String value) {
        words.put(word, value);
    }

    /** What stands for this word now. */
    String word(String word) {
        return Objects.requireNonNull(words.get(word), word);
    }

    /** @param name operation and case, e.g. {@code create-call/ok} */
    String read(String name) {
        String event;
        try {
            event = Files.readString(FOLDER.resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Map.Entry<String, String> word : words.entrySet()) {
            event = event.replace(word.getKey(), word.getValue());
        }
        return event;
    }

    /** The same, to be changed. */
    SampleEvent sample(String name) {
        return SampleEvent.parse(read(name));
    }
}

package io.ringback.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.local.phones.PhoneEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The trace that the phone network writes, by legs. */
final class PhoneLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PhoneLog() {}

    /** Whatever is in the file by now. */
    static List<Leg> read(Path trace) throws IOException {
        Map<String, Leg> legs = new LinkedHashMap<>();
        for (String line : Files.readAllLines(trace)) {
            JsonNode event = JSON.readTree(line);
            String number = event.path("phone").asText();
            String id = event.path("leg").asText();
            legs.computeIfAbsent(number + " " + id, key -> new Leg(number, id, new ArrayList<>()))
                    .moments()
                    .add(new Leg.Moment(
                            Instant.parse(event.path("at").asText()),
                            PhoneEvent.Kind.valueOf(event.path("event").asText())));
        }
        return List.copyOf(legs.values());
    }
}

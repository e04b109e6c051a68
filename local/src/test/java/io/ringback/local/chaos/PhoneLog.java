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

    /** Whatever is in the file by now; a line that is being written counts the next time. */
    static List<Leg> read(Path trace) throws IOException {
        Map<String, Leg> legs = new LinkedHashMap<>();
        String written = Files.readString(trace);
        String whole = written.substring(0, written.lastIndexOf('\n') + 1);
        for (String line : whole.lines().toList()) {
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

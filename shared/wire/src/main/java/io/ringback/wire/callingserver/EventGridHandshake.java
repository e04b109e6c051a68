package io.ringback.wire.callingserver;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.wire.json.Json;
import java.time.Instant;

/**
 * The question by which an endpoint shows that it wants Event Grid's events, as Event Grid's webhooks are asked: an
 * event with a code, which the answer has to repeat.
 *
 * @param id of the event
 * @param validationCode what only the answer to this question can have
 */
public record EventGridHandshake(String id, String validationCode, Instant time) {
    public static final String CONTENT_TYPE = "application/json";

    /** The header that tells this event from those to come. */
    public static final String HEADER = "aeg-event-type";

    public static final String HEADER_VALUE = "SubscriptionValidation";

    private static final String TYPE = "Microsoft.EventGrid.SubscriptionValidationEvent";

    /** The body of the POST. */
    public String body() {
        return EventGridArray.write(id, "", TYPE, time, new Data(validationCode));
    }

    /** Whether the body of a 200 repeats the code as {@code {"validationResponse": "<code>"}}. */
    public boolean isAnsweredBy(String body) {
        try {
            JsonNode answer = Json.mapper().readTree(body);
            return answer.path("validationResponse").asText().equals(validationCode);
        } catch (JacksonException e) {
            // Not JSON: no answer to the question.
            return false;
        }
    }

    private record Data(String validationCode) {}
}

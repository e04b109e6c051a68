package io.ringback.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event at a receiver: one attempt to deliver it.
 *
 * @param stream URL path and partition key
 * @param sequence in the stream
 * @param id by the header {@code webhook-id}
 * @param type after {@code Microsoft.Communication.}
 * @param arrivedNanos monotonic
 * @param answeredNanos monotonic, before the answer left; arrival's where there was none
 */
record Arrival(
        String stream,
        long sequence,
        String id,
        String type,
        JsonNode data,
        long arrivedNanos,
        long answeredNanos,
        Answer answer) {
    /** What became of the request. */
    enum Answer {
        TAKEN,
        REFUSED,
        HUNG,
        CLOSED
    }

    boolean taken() {
        return answer == Answer.TAKEN;
    }

    /** A member of the event's data; empty when it has none of this name. */
    String text(String member) {
        return data.path(member).asText();
    }

    @Override
    public String toString() {
        return type + " " + sequence + " (" + id + ") of " + stream + " " + answer;
    }
}

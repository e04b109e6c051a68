package io.ringback.testkit.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
    private static final String JSON = "application/json";
    private static final String EVENTS = "application/cloudevents-batch+json; charset=utf-8";

    private final ApiDocument document = ApiDocument.yaml(Path.of("..", "..", "docs", "openapi.yaml"));

    ApiDocumentTest() throws IOException {}

    @Test
    void anAnswerAsDescribedIsRight() {
        assertThat(document.ofAnswer(
                        "POST",
                        "/calling/callConnections",
                        201,
                        JSON,
                        "{\"callConnectionId\":\"c\",\"serverCallId\":\"s\"}"))
                .isEmpty();
        assertThat(document.ofAnswer("POST", "/calling/callConnections/{callConnectionId}/:hangup", 202, null, ""))
                .isEmpty();
    }

    @Test
    void aMemberTooManyOrTooFewIsTold() {
        assertThat(document.ofAnswer("POST", "/calling/callConnections", 201, JSON, "{\"callConnectionId\":\"c\"}"))
                .singleElement()
                .asString()
                .contains("serverCallId");
        assertThat(document.ofAnswer(
                        "POST",
                        "/calling/callConnections",
                        201,
                        JSON,
                        "{\"callConnectionId\":\"c\",\"serverCallId\":\"s\",\"more\":1}"))
                .singleElement()
                .asString()
                .contains("more");
    }

    @Test
    void whatIsNotDescribedIsTold() {
        assertThat(document.ofAnswer("GET", "/nowhere", 200, JSON, "{}")).hasSize(1);
        assertThat(document.ofAnswer("POST", "/calling/callConnections", 204, null, ""))
                .hasSize(1);
        assertThat(document.ofAnswer("POST", "/calling/callConnections", 201, "text/html", "<p>"))
                .hasSize(1);
        assertThat(document.ofAnswer("POST", "/calling/callConnections", 400, JSON, "{\"error\":{}}"))
                .isNotEmpty();
        assertThat(document.ofAnswer("DELETE", "/identities/{id}", 204, JSON, "{}"))
                .hasSize(1);
    }

    @Test
    void anEventIsJudgedByItsType() {
        String event = """
                [{"specversion":"1.0","id":"e","type":"Microsoft.Communication.DtmfReceived",
                  "source":"calling/callConnections/c","subject":"calling/callConnections/c",
                  "time":"2026-11-22T10:00:00Z","datacontenttype":"application/json","sequence":"000000000001",
                  "partitionkey":"s",
                  "data":{"callConnectionId":"c","participantId":"p","toneInfo":{"sequenceId":1,"tone":"tone1"}}}]""";
        assertThat(document.ofEvent(EVENTS, event)).isEmpty();
        assertThat(document.ofEvent(EVENTS, event.replace("tone1", "tone99"))).isNotEmpty();
        assertThat(document.ofEvent(EVENTS, event.replace("2026-11-22T10:00:00Z", "yesterday")))
                .isNotEmpty();
        assertThat(document.ofEvent(EVENTS, event.replace("000000000001", "1"))).isNotEmpty();
        assertThat(document.ofEvent(EVENTS, "[]")).isNotEmpty();
    }

    @Test
    void aRequestIsJudgedByItsOperation() {
        assertThat(document.ofRequest("CancelAllMediaOperations", "")).isEmpty();
        assertThat(document.ofRequest("CreateCall", "")).isNotEmpty();
        assertThat(document.ofRequest("SendDtmf", "{\"tones\":[\"tone1\"]}")).isEmpty();
        assertThat(document.ofRequest("SendDtmf", "{\"tones\":[]}")).isNotEmpty();
        assertThat(document.ofRequest("HangUpCall", "{}")).isNotEmpty();
    }
}

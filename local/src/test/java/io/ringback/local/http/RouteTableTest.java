package io.ringback.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.local.template.HttpRoute;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final String ITEM = "/calls/{id}";
    private static final HttpRoute DEFAULT = new HttpRoute("ANY", HttpRoute.DEFAULT);

    private final RouteTable routes = new RouteTable(List.of(
            DEFAULT,
            new HttpRoute("GET", ITEM),
            new HttpRoute("GET", "/calls/latest"),
            new HttpRoute("POST", ITEM + "/:hangup"),
            new HttpRoute("ANY", "/any")));

    @Test
    void prefersLiteralSegmentsToParameters() {
        assertThat(path("GET", "/calls/latest")).isEqualTo("/calls/latest");
        assertThat(path("GET", "/calls/other")).isEqualTo(ITEM);
    }

    @Test
    void matchesASegmentThatBeginsWithAColonAsItIs() {
        assertThat(path("POST", "/calls/7/:hangup")).isEqualTo(ITEM + "/:hangup");
        assertThat(path("POST", "/calls/7/%3Ahangup")).isEqualTo(ITEM + "/:hangup");
        assertThat(path("POST", "/calls/7/hangup")).isEqualTo(HttpRoute.DEFAULT);
    }

    @Test
    void decodesParametersAfterTheSplit() {
        assertThat(routes.find("GET", "/calls/4%3A%2B1555%2F2").orElseThrow().pathParameters())
                .isEqualTo(Map.of("id", "4:+1555/2"));
    }

    @Test
    void takesWhatNoRouteMatchesToTheDefault() {
        assertThat(path("POST", "/calls/7")).isEqualTo(HttpRoute.DEFAULT);
        assertThat(path("GET", "/calls/")).isEqualTo(HttpRoute.DEFAULT);
        assertThat(path("GET", "/calls/7/more")).isEqualTo(HttpRoute.DEFAULT);
        assertThat(path("PATCH", "/any")).isEqualTo("/any");
    }

    @Test
    void findsNothingWithoutADefault() {
        assertThat(new RouteTable(List.of(new HttpRoute("GET", ITEM))).find("PUT", "/calls/7"))
                .isEmpty();
    }

    private String path(String method, String rawPath) {
        return routes.find(method, rawPath).orElseThrow().route().path();
    }
}

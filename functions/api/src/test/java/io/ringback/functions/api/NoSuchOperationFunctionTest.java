package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.functions.api.routes.RouteTable;
import io.ringback.functions.api.routes.TemplateRoutes;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoSuchOperationFunctionTest {
    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        Reply reply = bench.invoke("no-such-operation/wrong-method");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.code()).isEqualTo("405");
        assertThat(reply.target()).contains("method");
        assertThat(reply.message()).contains("PUT is not served").contains("accepted: POST");
        assertThat(reply.headers()).containsEntry("allow", "POST");
    }

    @Test
    void anUnknownPathIsNotFound() {
        Reply reply = bench.invoke("no-such-operation/ok-unknown-path");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("404");
        assertThat(reply.target()).contains("path");
        assertThat(reply.message()).contains("/calling/faxes");
        assertThat(reply.headers()).doesNotContainKey("allow");
    }

    @ParameterizedTest
    @CsvSource({
        "/calling/callConnections, POST",
        "/calling/callConnections/c1, GET",
        "/calling/callConnections/c1/:hangup, POST",
        "/calling/serverCalls/s1/recordings, POST",
        "/calling/serverCalls/s1/recordings/r1, DELETE GET",
        "/calling/serverCalls/s1/recordings/r1/content, DELETE GET",
        "/calling/callConnections/:answer, GET POST",
        "/identities/8:acs:ringback_anna, DELETE GET",
        "/health, GET"
    })
    void theRoutesAreThoseOfTheTemplate(String path, String methods) {
        assertThat(TemplateRoutes.load().methods(path)).containsExactly(methods.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/calling",
                "/calling/callConnections/",
                "/calling/callConnections/c1/",
                "/calling/callConnections/c1/:dance",
                "/calling/callConnections/c1/:hangup/now",
                "/CALLING/callConnections"
            })
    void nothingElseIsServed(String path) {
        assertThat(TemplateRoutes.load().methods(path)).isEmpty();
    }

    @Test
    void onlyRoutesWithAPathAreOperations() {
        assertThat(TemplateRoutes.load().routes())
                .isNotEmpty()
                .extracting(RouteTable.Route::path)
                .allSatisfy(path -> assertThat(path).startsWith("/"));
    }
}

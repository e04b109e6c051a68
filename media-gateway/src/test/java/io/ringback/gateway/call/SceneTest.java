package io.ringback.gateway.call;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of calls without a network, each in a scene of its own. */
abstract class SceneTest {
    @TempDir
    Path folder;

    CallScene call;

    @BeforeEach
    void openScene() throws IOException {
        call = new CallScene(folder);
    }

    @AfterEach
    void closeScene() {
        call.close();
    }
}

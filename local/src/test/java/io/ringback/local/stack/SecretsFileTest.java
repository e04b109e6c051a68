package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.local.template.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsFileTest {
    private static final List<Secret> DECLARED = List.of(
            new Secret("First", "arn:first", 64, null, null, null),
            new Secret("Keys", "arn:keys", 0, null, null, "[{{resolve:secretsmanager:arn:first}}]"));

    @TempDir
    private Path folder;

    private Path file;
    private Secrets secrets;

    @BeforeEach
    void make() throws IOException {
        file = folder.resolve("secrets.json");
        secrets = Secrets.in(file, DECLARED);
    }

    @Test
    void theyAreMadeOnceAndKept() throws IOException {
        assertThat(secrets.value("arn:first").orElseThrow()).hasSize(64);
        assertThat(secrets.value("arn:keys"))
                .contains("[" + secrets.value("arn:first").orElseThrow() + "]");
        assertThat(Secrets.in(file, DECLARED).value("arn:first")).isEqualTo(secrets.value("arn:first"));
        assertThat(secrets.value("arn:none")).isEmpty();
    }

    @Test
    void whoEditsTheFileRotatesThem() throws IOException {
        Files.writeString(
                file, "{\"arn:first\": \"one\", \"arn:keys\": \"[{{resolve:secretsmanager:arn:first}},two]\"}");

        assertThat(secrets.value("arn:keys")).contains("[one,two]");
    }

    @Test
    void aFileThatNobodyCanReadIsNamedAtTheStart() throws IOException {
        Files.writeString(file, "{arn:first}");

        assertThatThrownBy(() -> Secrets.in(file, DECLARED))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " is no JSON object of texts: ");
    }

    @Test
    void aFileThatIsBeingWrittenChangesNothing() throws IOException {
        String before = secrets.value("arn:first").orElseThrow();
        Files.writeString(file, "{\"arn:first\": \"on");

        assertThat(secrets.value("arn:first")).contains(before);
        Files.writeString(file, "{\"arn:first\": \"one\"}");
        assertThat(secrets.value("arn:first")).contains("one");
    }
}

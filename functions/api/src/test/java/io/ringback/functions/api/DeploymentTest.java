package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function of the template is built by its no-arg constructor from exactly the settings that it has there. */
class DeploymentTest {
    /** Lists that may be empty, and so may be missing. */
    private static final Set<String> OPTIONAL = Set.of("RINGBACK_OWN_NUMBERS", "RINGBACK_DIAL_PREFIXES");

    private static final Map<String, String> VALUES = Map.of(
            "RINGBACK_TABLE", "table",
            "RINGBACK_MEDIA_COMMANDS_QUEUE", "http://127.0.0.1:1/media-commands.fifo",
            "RINGBACK_CALLBACKS_QUEUE", "http://127.0.0.1:1/callbacks.fifo",
            "RINGBACK_ACCESS_KEYS_SECRET", "{\"accessKeys\":[\"" + ApiBench.KEY + "\"]}",
            "RINGBACK_OWN_NUMBERS", "+15555550199",
            "RINGBACK_DIAL_PREFIXES", "+1",
            "RINGBACK_OUTBOUND", "public",
            "RINGBACK_WEBHOOK_SECRETS_SECRET", "{\"webhookSecrets\":[\"" + ApiBench.WEBHOOK_SECRET + "\"]}",
            "RINGBACK_RECORDINGS", "s3://bucket/recordings",
            "RINGBACK_SIP_DOMAIN", "ringback");

    static List<Arguments> functions() throws IOException {
        List<Arguments> functions = new ArrayList<>();
        TemplateSettings.byHandler().forEach((handler, names) -> functions.add(Arguments.of(handler, names)));
        return functions;
    }

    static List<Arguments> requiredSettings() throws IOException {
        List<Arguments> settings = new ArrayList<>();
        TemplateSettings.byHandler()
                .forEach((handler, names) -> names.stream()
                        .filter(name -> !OPTIONAL.contains(name))
                        .forEach(missing -> settings.add(Arguments.of(handler, missing, names))));
        return settings;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theTemplateGivesEachFunctionWhatItNeeds(String handler, Set<String> names) throws Exception {
        assertThat(make(handler, names)).isInstanceOf(RequestStreamHandler.class);
    }

    @ParameterizedTest
    @MethodSource("requiredSettings")
    void aMissingSettingFailsInTheConstructorAndIsNamed(String handler, String missing, Set<String> names) {
        Set<String> others = new TreeSet<>(names);
        others.remove(missing);

        assertThatThrownBy(() -> make(handler, others))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessageContaining(missing);
    }

    /** The function of an operation, in surroundings where no service answers. */
    static RequestStreamHandler without(String operation) throws IOException, ReflectiveOperationException {
        for (Map.Entry<String, Set<String>> function :
                TemplateSettings.byHandler().entrySet()) {
            String name = function.getKey().replaceFirst(".*\\.(\\w+)Function.*", "$1");
            if (name.equalsIgnoreCase(operation.replace("-", ""))) {
                return (RequestStreamHandler) make(function.getKey(), function.getValue());
            }
        }
        throw new AssertionError("no function for " + operation);
    }

    private static Object make(String handler, Set<String> names) throws ReflectiveOperationException {
        Map<String, String> settings = new HashMap<>();
        for (String name : names) {
            settings.put(name, VALUES.getOrDefault(name, "unknown to this test"));
        }
        TestSurroundings.Provider.provide(function -> TestSurroundings.without(settings));
        return Class.forName(handler).getConstructor().newInstance();
    }
}

package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A function without one of its settings does not start. */
class NeededSettingsIT extends LiveWorkers {
    static Stream<Arguments> neededSettings() {
        Map<Supplier<RequestStreamHandler>, List<String>> needed = Map.of(
                DeliverCallbackFunction::new,
                        List.of(
                                "RINGBACK_TABLE",
                                "RINGBACK_CALLBACKS_QUEUE",
                                "RINGBACK_OUTBOUND",
                                "RINGBACK_WEBHOOK_SECRETS_SECRET"),
                MediaWorkerFunction::new,
                        List.of("RINGBACK_TABLE", "RINGBACK_CALLBACKS_QUEUE", "RINGBACK_MEDIA_COMMANDS_QUEUE"),
                MediaEventsFunction::new,
                        List.of(
                                "RINGBACK_TABLE",
                                "RINGBACK_CALLBACKS_QUEUE",
                                "RINGBACK_MEDIA_COMMANDS_QUEUE",
                                "RINGBACK_MEDIA_EVENTS_QUEUE",
                                "RINGBACK_ACCESS_KEYS_SECRET",
                                "RINGBACK_PUBLIC_URL"),
                SweeperFunction::new,
                        List.of("RINGBACK_TABLE", "RINGBACK_CALLBACKS_QUEUE", "RINGBACK_MEDIA_COMMANDS_QUEUE"),
                GatewayWatchFunction::new,
                        List.of("RINGBACK_TABLE", "RINGBACK_CALLBACKS_QUEUE", "RINGBACK_MEDIA_COMMANDS_QUEUE"));
        return needed.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(setting -> Arguments.of(entry.getKey(), setting)));
    }

    @ParameterizedTest
    @MethodSource("neededSettings")
    void aSettingThatIsMissingFailsInTheConstructor(Supplier<RequestStreamHandler> function, String setting) {
        settings.remove(setting);

        assertThatThrownBy(function::get).hasMessage(setting + " is not set");
    }
}

package io.ringback.functions.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.ringback.aws.lambda.LambdaJson;
import io.ringback.wire.access.Access;
import io.ringback.wire.access.AccessKeys;
import io.ringback.wire.access.LiveKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyAuthenticationTest {
    /** The key that the sample event shows, read as a key. */
    private static final AccessKeys WRONG = new AccessKeys(List.of("d3Jvbmcta2V5"));

    private static final AccessKeys OTHER = new AccessKeys(List.of("b3RoZXI="));

    @Test
    void aKeyThatIsLiveSinceAMomentAgoIsAccepted() throws IOException {
        assertThat(check(OTHER, WRONG)).isEqualTo(new Access.Granted(Access.Scheme.BEARER));
    }

    @Test
    void aKeyThatIsKnownNeedsNoSecondLook() throws IOException {
        KeyAuthentication authentication = new KeyAuthentication(
                new LiveKeys(() -> WRONG, () -> {
                    throw new AssertionError("the keys were read anew");
                }),
                () -> Instant.EPOCH);

        assertThat(authentication.check(sample())).isEqualTo(new Access.Granted(Access.Scheme.BEARER));
    }

    @Test
    void aKeyThatNeverWasIsDenied() throws IOException {
        assertThat(check(OTHER, OTHER)).isInstanceOf(Access.Denied.class);
    }

    private static Access check(AccessKeys current, AccessKeys fresh) throws IOException {
        return new KeyAuthentication(new LiveKeys(() -> current, () -> fresh), () -> Instant.EPOCH).check(sample());
    }

    private static ApiRequest sample() throws IOException {
        Path event = Path.of("..", "..", "events", "create-call", "wrong-key.json");
        try (InputStream in = Files.newInputStream(event)) {
            return ApiRequest.of(LambdaJson.read(in, APIGatewayV2HTTPEvent.class));
        }
    }
}

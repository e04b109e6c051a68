package io.ringback.aws.snapshot;

import io.ringback.core.call.Callback;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.command.CallCommand;
import io.ringback.wire.ApiVersion;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A call that is placed on a stage only. */
public final class RehearsedCall {
    public static final GatewayRef GATEWAY = new GatewayRef("rehearsal", "0");

    private RehearsedCall() {}

    public static CallCommand.CreateCall command() {
        return new CallCommand.CreateCall(
                GATEWAY,
                List.of(),
                List.of(Identifier.ofPhoneNumber("+15555550100")),
                Identifier.ofPhoneNumber("+15555550199"),
                null,
                null,
                new Callback(URI.create("https://rehearsal.invalid/"), ApiVersion.DEFAULT.wireName()),
                null,
                Set.of(),
                Duration.ofMinutes(1),
                null);
    }
}

package io.ringback.local.stack;

import io.ringback.local.http.HttpApi;
import io.ringback.local.phones.LineProfile;
import io.ringback.local.runtime.Access;
import io.ringback.local.trigger.Handover;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * How a stack is to run. Port 0 stands for a free one.
 *
 * @param template {@code template.yaml}
 * @param data where everything is kept that outlives the stack
 * @param rtpPorts for the media gateway
 * @param advertise host that SIP and SDP show, and a name of the API's certificate
 * @param trunk where numbers go that are no simulated phones; null for nowhere
 * @param ownNumbers E.164 numbers that may be shown as the caller's
 * @param line how bad the simulated phones' line is
 * @param split the media gateway in a process of its own
 * @param schedules functions whose schedules are switched on
 * @param used hears of every permission that a function made use of
 * @param api hears of every answer that a function gave over HTTP
 * @param interceptors of the requests that one instance of the function with this logical id makes to the cloud
 * @param handover the way of messages from a queue to its function
 */
@RecordBuilder
public record StackOptions(
        Path template,
        Path data,
        int httpPort,
        int httpsPort,
        int sipPort,
        PortRange rtpPorts,
        String advertise,
        @Nullable Trunk trunk,
        List<String> ownNumbers,
        LineProfile line,
        boolean split,
        Predicate<String> schedules,
        Consumer<Access> used,
        HttpApi.Observer api,
        Function<String, List<ExecutionInterceptor>> interceptors,
        Handover handover)
        implements StackOptionsBuilder.With {
    /** Even first port to odd last port. */
    public record PortRange(int first, int last) {}

    /**
     * A SIP trunk.
     *
     * @param address {@code sip:HOST[:PORT][;transport=tcp]}
     * @param user for digest; null when the trunk asks for none
     * @param password for digest
     */
    public record Trunk(
            URI address, @Nullable String user, @Nullable String password) {}

    /** Free ports, one own number, a good line, everything in one process. */
    public static StackOptions onFreePorts(Path template, Path data) {
        return new StackOptions(
                template,
                data,
                0,
                0,
                0,
                new PortRange(20000, 20999),
                "127.0.0.1",
                null,
                List.of("+15555550199"),
                LineProfile.CLEAN,
                false,
                function -> true,
                access -> {},
                (route, answer) -> {},
                function -> List.of(),
                Handover.DIRECT);
    }

    /** The same beside other stacks. */
    public StackOptions withFreePorts() {
        return with().httpPort(0).httpsPort(0).sipPort(0).build();
    }
}

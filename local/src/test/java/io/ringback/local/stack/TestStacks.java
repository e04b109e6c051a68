package io.ringback.local.stack;

import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.runtime.Access;
import io.ringback.local.runtime.UsedPermissions;
import io.ringback.local.stack.StackOptions.PortRange;
import io.ringback.local.template.DeploymentTemplate;
import io.ringback.testkit.network.Ports;
import java.io.IOException;
import java.nio.file.Path;

/** Options of stacks that tests start: what their functions use of their permissions goes on record. */
public final class TestStacks {
    /** What some test's functions used. */
    public static final Path USED_PERMISSIONS = Path.of("target", "used-permissions.txt");

    /** At once, for the few people of a test. */
    private static final int LEGS = 30;

    private static final UsedPermissions USED = new UsedPermissions(USED_PERMISSIONS);

    private TestStacks() {}

    /** Everything on ports of its own, schedules off: what a test sees came by pokes alone. */
    public static StackOptions options(Path data) {
        return options(data, LEGS);
    }

    /** The same for many people. */
    public static StackOptions options(Path data, int legs) {
        return StackOptions.onFreePorts(DeploymentTemplate.file(), data)
                .with()
                .sipPort(Ports.next())
                .rtpPorts(rtpPorts(legs))
                .schedules(function -> false)
                .used(USED)
                .api(WireRecord::note)
                .build();
    }

    /** Ports for the sound of so many legs, RTP and RTCP, which no other gateway has at the same time. */
    public static PortRange rtpPorts(int legs) {
        int first = Ports.inARow(2 * legs);
        return new PortRange(first, first + 2 * legs - 1);
    }

    /** A customer's end of the callbacks: what arrives there goes on record, too. */
    public static CallbackReceiver receiver() throws IOException {
        return CallbackReceiver.start(WireRecord::note);
    }

    static void note(Access access) {
        USED.accept(access);
    }
}

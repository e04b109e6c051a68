package io.ringback.local.stack;

import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.runtime.Access;
import io.ringback.local.runtime.UsedPermissions;
import io.ringback.local.template.DeploymentTemplate;
import java.io.IOException;
import java.nio.file.Path;

/** Options of stacks that tests start: what their functions use of their permissions goes on record. */
public final class TestStacks {
    /** What some test's functions used. */
    public static final Path USED_PERMISSIONS = Path.of("target", "used-permissions.txt");

    private static final UsedPermissions USED = new UsedPermissions(USED_PERMISSIONS);

    private TestStacks() {}

    /** Everything on free ports, schedules off: what a test sees came by pokes alone. */
    public static StackOptions options(Path data) {
        return StackOptions.onFreePorts(DeploymentTemplate.file(), data)
                .with()
                .schedules(function -> false)
                .used(USED)
                .api(WireRecord::note)
                .build();
    }

    /** A customer's end of the callbacks: what arrives there goes on record, too. */
    public static CallbackReceiver receiver() throws IOException {
        return CallbackReceiver.start(WireRecord::note);
    }

    static void note(Access access) {
        USED.accept(access);
    }
}

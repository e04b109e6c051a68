package io.ringback.local.stack;

import io.ringback.local.runtime.Access;
import io.ringback.local.template.DeploymentTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Options of stacks that tests start: what their functions are allowed and use goes on record. */
public final class TestStacks {
    /** One line for each permission that some test used: function, action, resource. */
    static final Path USED_PERMISSIONS = Path.of("target", "used-permissions.txt");

    private static final Set<Access> KNOWN = ConcurrentHashMap.newKeySet();

    private TestStacks() {}

    /** Everything on free ports, schedules off: what a test sees came by pokes alone. */
    public static StackOptions options(Path data) {
        return StackOptions.onFreePorts(DeploymentTemplate.file(), data).observed(function -> false, TestStacks::note);
    }

    static void note(Access access) {
        if (KNOWN.add(access)) {
            try {
                Files.writeString(
                        USED_PERMISSIONS,
                        access.function() + " " + access.action() + " " + access.resource() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

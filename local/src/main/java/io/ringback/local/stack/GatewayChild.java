package io.ringback.local.stack;

import io.ringback.gateway.GatewayMain;
import java.io.IOException;

/** The gateway's own entry point, in a process that ends with the stack that started it, however that ends. */
final class GatewayChild {
    private GatewayChild() {}

    public static void main(String[] arguments) throws IOException {
        ProcessHandle.current().parent().ifPresent(GatewayChild::endWith);
        GatewayMain.main(arguments);
    }

    private static void endWith(ProcessHandle stack) {
        var unused = stack.onExit().thenRun(() -> System.exit(0));
    }
}

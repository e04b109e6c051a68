package io.ringback.local.runtime;

import io.ringback.local.template.LambdaFunction;
import java.util.function.Consumer;

/** What one function may do, by its policies in the template; tells of everything that it did. */
final class Permissions {
    private final LambdaFunction function;
    private final Consumer<Access> used;

    Permissions(LambdaFunction function, Consumer<Access> used) {
        this.function = function;
        this.used = used;
    }

    boolean allow(String action, String resource) {
        boolean allowed = function.statements().stream().anyMatch(statement -> statement.allows(action, resource));
        if (allowed) {
            used.accept(new Access(function.logicalId(), action, resource));
        }
        return allowed;
    }

    /** The text with which the cloud refuses. */
    String refusal(String action, String resource) {
        return "User: arn:aws:sts::" + accountOf(resource) + ":assumed-role/" + function.logicalId()
                + " is not authorized to perform: " + action + " on resource: " + resource
                + " because no identity-based policy allows the " + action + " action";
    }

    private static String accountOf(String arn) {
        return arn.split(":", 6)[4];
    }
}

package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.directory.Registration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where registered users can be reached. */
interface Reachability {
    /** Begins to look; returns at once. The future never completes exceptionally. */
    CompletableFuture<Contacts> contacts(Identifier user);

    /** What was found of a user. */
    sealed interface Contacts {
        /** Phones at this gateway, at least one. */
        record Found(List<Registration> contacts) implements Contacts {
            public Found {
                contacts = List.copyOf(contacts);
            }
        }

        /** The user cannot be dialled. */
        record None(EndReason reason, String message) implements Contacts {}
    }
}

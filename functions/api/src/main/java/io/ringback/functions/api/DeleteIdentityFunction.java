package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.call.Identifier;
import io.ringback.core.port.Identities;
import io.ringback.core.port.Registrations;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Deletes an identity and the registrations of its phones: it can neither register nor be called any more; calls that run
 * go on (native API §6).
 */
public final class DeleteIdentityFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final Identities identities;
    private final Registrations registrations;

    /** The function of a deployment. */
    public DeleteIdentityFunction() {
        this(Deployment.of(DeleteIdentityFunction.class));
    }

    private DeleteIdentityFunction(Deployment deployment) {
        this(deployment.edge(), deployment.identities(), deployment.registrations());
    }

    DeleteIdentityFunction(ApiEdge edge, Identities identities, Registrations registrations) {
        this.edge = edge;
        this.identities = identities;
        this.registrations = registrations;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::delete);
    }

    private ApiAnswer delete(ApiRequest request) {
        String id = request.parameter(GetIdentityFunction.ID);
        Identifier user = new Identifier(id);
        boolean deleted = identities.delete(user);
        if (user.username().isPresent()) {
            // In this order: from here on no phone registers. Also for one who is gone, whose deletion may have died
            // here.
            registrations.removeAll(user);
        }
        return deleted ? ApiAnswer.empty(204) : ApiAnswer.notFound(GetIdentityFunction.ID, id);
    }
}

package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.Identities;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.DirectoryAnswers;
import io.ringback.wire.callingserver.PageQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Pattern;

/** Lists identities by username, a page at a time (native API §6). */
public final class ListIdentitiesFunction implements RequestStreamHandler {
    private static final int MOST = 100;
    /** What a username looks like, and so the token, which is the last one of the page before. */
    private static final Pattern TOKEN = Pattern.compile("[a-z0-9-]{1,64}");

    private final ApiEdge edge;
    private final Identities identities;
    private final String domain;

    /** The function of a deployment. */
    public ListIdentitiesFunction() {
        this(Deployment.of(ListIdentitiesFunction.class));
    }

    private ListIdentitiesFunction(Deployment deployment) {
        this(deployment.edge(), deployment.identities(), deployment.sipDomain());
    }

    ListIdentitiesFunction(ApiEdge edge, Identities identities, String domain) {
        this.edge = edge;
        this.identities = identities;
        this.domain = domain;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::list);
    }

    private ApiAnswer list(ApiRequest request) {
        PageQuery query = PageQuery.read(request::query, MOST);
        String after = query.continuationToken();
        if (after != null && !TOKEN.matcher(after).matches()) {
            throw PageQuery.foreignToken();
        }
        List<UserIdentity> found = identities.page(after, query.top() + 1);
        if (found.size() <= query.top()) {
            return ApiAnswer.json(200, DirectoryAnswers.identities(found, domain, null));
        }
        List<UserIdentity> page = found.subList(0, query.top());
        return ApiAnswer.json(
                200,
                DirectoryAnswers.identities(
                        page, domain, page.get(page.size() - 1).username()));
    }
}

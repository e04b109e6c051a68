package io.ringback.functions.api.content;

import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.functions.api.edge.Authentication;
import io.ringback.wire.access.Access;
import java.util.Optional;

/** By the permission in a content link, where there is one; else as everywhere. */
public final class LinkAuthentication implements Authentication {
    private final ContentLinks links;
    private final Authentication others;

    public LinkAuthentication(ContentLinks links, Authentication others) {
        this.links = links;
        this.others = others;
    }

    @Override
    public Access check(ApiRequest request) {
        Optional<String> signature = request.query(ContentLinks.SIGNATURE);
        if (signature.isEmpty()) {
            return others.check(request);
        }
        return links.permits(request.path(), request.query(ContentLinks.EXPIRES).orElse(""), signature.get())
                ? new Access.Granted(Access.Scheme.LINK)
                : new Access.Denied("the link has expired or was changed; ask for the content again without it");
    }
}

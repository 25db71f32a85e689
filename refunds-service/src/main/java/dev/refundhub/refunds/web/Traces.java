package dev.refundhub.refunds.web;

import dev.refundhub.refunds.Trace;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** What a request causes belongs to the request's own trace. */
class Traces {

    @ServerRequestFilter
    void enter(ContainerRequestContext request) {
        Trace.enter(request.getHeaderString(Trace.HEADER));
    }
}

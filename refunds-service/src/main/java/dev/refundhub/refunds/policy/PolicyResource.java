package dev.refundhub.refunds.policy;

import dev.refundhub.refunds.web.Caller;
import dev.refundhub.refunds.web.Violations;
import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What a seller lets happen by itself, read and set by that seller or an operator. */
@Path("/api/v2/sellers/{id}/policy")
@RolesAllowed({"SELLER", "OPERATOR"})
public class PolicyResource {

    private static final Pattern SELLER = Pattern.compile("[a-z0-9-]{1,40}");

    private final Caller caller;
    private final Policies policies;
    private final Mutiny.SessionFactory sessions;

    PolicyResource(Caller caller, Policies policies, Mutiny.SessionFactory sessions) {
        this.caller = caller;
        this.policies = policies;
        this.sessions = sessions;
    }

    /** The answer. */
    public record Body(Policy data) {}

    /** A seller who has set none has the one in which a person approves everything. */
    @GET
    public Uni<Body> get(String id) {
        onlyOwn(id);
        return sessions.withSession(session -> policies.of(session, List.of(id)))
                .map(found -> new Body(found.getOrDefault(id, Policy.NONE)));
    }

    @PUT
    @Cancellable(false)
    public Uni<Body> put(String id, Policy policy) {
        onlyOwn(id);
        if (policy == null) {
            throw new Violations(List.of("body"));
        }
        List<String> violations = policy.violations();
        if (!violations.isEmpty()) {
            throw new Violations(violations);
        }
        return sessions.withTransaction(session -> policies.put(session, id, policy))
                .replaceWith(new Body(policy));
    }

    private void onlyOwn(String seller) {
        if (!SELLER.matcher(seller).matches()) {
            throw new Violations(List.of("id: not a seller"));
        }
        if (!caller.isOperator() && !caller.seller().equals(seller)) {
            throw new ForbiddenException();
        }
    }
}

package dev.refundhub.refunds.web;

import io.quarkus.security.ForbiddenException;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who calls: the subject, the roles and the seller of the token. */
@RequestScoped
public class Caller {

    private final JsonWebToken token;

    Caller(JsonWebToken token) {
        this.token = token;
    }

    /** An operator belongs to no seller and sees all of them. */
    public boolean isOperator() {
        return has("OPERATOR");
    }

    /** A seller sees all its own; everybody else who is no operator only what belongs to the subject. */
    public boolean isSeller() {
        return has("SELLER");
    }

    /** One of the seller's own programs. */
    public boolean isService() {
        return has("SERVICE");
    }

    /** Someone who bought something. */
    public boolean isCustomer() {
        return has("CUSTOMER");
    }

    /** Subject and role, for the history. */
    public String name() {
        String role = isOperator() ? "OPERATOR" : isSeller() ? "SELLER" : isCustomer() ? "CUSTOMER" : "SERVICE";
        return role + " " + subject();
    }

    /** What a person is called: the preferred user name, else the subject. */
    public String userName() {
        String name = token.getClaim("preferred_username");
        return name == null || name.isBlank() ? subject() : name;
    }

    private boolean has(String role) {
        return token.getGroups().contains(role);
    }

    /** The seller that everybody but an operator belongs to; a token without one may do nothing. */
    public String seller() {
        Object seller = token.getClaim("seller_id");
        if (seller == null) {
            throw new ForbiddenException();
        }
        return seller.toString();
    }

    /** Whom a shopper's refunds belong to; a token without a subject may do nothing. */
    public String subject() {
        String subject = token.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new ForbiddenException();
        }
        return subject;
    }
}

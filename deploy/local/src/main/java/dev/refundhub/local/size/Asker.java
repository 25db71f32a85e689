package dev.refundhub.local.size;

import dev.refundhub.local.size.ListStatement.Parameter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who looks at the list, and a refund that can be asked for.
 *
 * @param seller null for an operator who names none
 * @param subject null for everybody but a shopper
 */
record Asker(String role, String seller, String subject, String orderId, String sourceRef) {
    private static final String NOBODYS = "nobody-has-this";
    private static final List<String> SELLERS = List.of("biggest", "middle", "smallest");

    /** Operators, the biggest, the middle and the smallest seller, and their shoppers, one of whom never stops. */
    static List<Asker> all(Connection database) throws SQLException {
        List<Asker> all = new ArrayList<>();
        all.add(find(database, "OPERATOR", null, "true"));
        all.add(find(database, "CUSTOMER", "biggest", "customer_subject = 'busiest'"));
        for (String seller : SELLERS) {
            all.add(find(database, "OPERATOR seller", seller, "true"));
            all.add(find(database, "SELLER", seller, "true"));
            all.add(find(database, "CUSTOMER", seller, "customer_subject like 'shopper-%'"));
        }
        return all;
    }

    private static Asker find(Connection database, String role, String seller, String whose) throws SQLException {
        String condition = whose + (seller == null ? "" : " and seller = '" + seller + "'");
        try (Statement statement = database.createStatement();
                ResultSet found =
                        statement.executeQuery("select customer_subject, order_id, source_ref from refund where "
                                + condition + " order by id limit 1")) {
            found.next();
            String subject = role.equals("CUSTOMER") ? found.getString(1) : null;
            return new Asker(role, seller, subject, found.getString(2), found.getString(3));
        }
    }

    String name() {
        return role
                + Optional.ofNullable(seller).map(s -> " " + s).orElse("")
                + Optional.ofNullable(subject).map(s -> " " + s).orElse("");
    }

    /** What may stand for a parameter: something common, something rare, the only one long ago, what nothing matches. */
    List<String> values(Parameter parameter, long newest) {
        return switch (parameter.toString()) {
            case "seller =" -> List.of(seller);
            case "customer_subject =" -> List.of(subject);
            case "order_id =" -> List.of(orderId, NOBODYS);
            case "status =" -> List.of("ISSUED", "CANCELLED", "PROCESSING", "WAITING");
            case "status <>" -> List.of("CANCELLED");
            case "source_kind =" -> List.of("SHIPPED_SUITE", "VIOLET", "ORDER", "ONCE", NOBODYS);
            case "source_ref =" -> List.of(sourceRef, NOBODYS);
            case "hold_codes like" -> List.of("% OVERDUE %", "% DECLINED %", "% TOO_LARGE %", "% NOT_SENT %");
            case "id <" -> List.of(Long.toString(newest / 2), "3000", "1");
            default -> throw new IllegalArgumentException("Nobody knows what stands for " + parameter + " …");
        };
    }
}

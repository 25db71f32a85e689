package dev.refundhub.connectors.partner;

import java.util.Map;

/** The configured accounts by name. */
public record Partners(Map<String, Partner> accounts) {

    public Partners {
        accounts = Map.copyOf(accounts);
    }

    /** Whether the account exists and takes instructions of this topic. */
    public boolean take(String account, String topic) {
        Partner partner = accounts.get(account);
        return partner != null && partner.topic().equals(topic);
    }
}

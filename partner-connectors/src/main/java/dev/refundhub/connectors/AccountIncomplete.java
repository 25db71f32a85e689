package dev.refundhub.connectors;

/** An account cannot be used as it is configured. */
class AccountIncomplete extends RuntimeException {

    AccountIncomplete(String account, String setting, String problem) {
        super("hub.account." + account + "." + setting + " " + problem);
    }
}

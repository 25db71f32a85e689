package dev.refundhub.gateway.source;

import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * The common name of the sender's TLS certificate, which a trusted proxy has verified and hands over in a header as a
 * distinguished name (RFC 2253).
 */
final class CertificateCheck implements Check {

    private final String header;
    private final String commonName;
    private final Proxies proxies;

    CertificateCheck(String header, String commonName, Proxies proxies) {
        this.header = header;
        this.commonName = commonName;
        this.proxies = proxies;
    }

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public Map<String, Object> demands() {
        return Map.of("header", header, "name", commonName);
    }

    @Override
    public Finding judge(Arrived arrived) {
        if (!proxies.handedOver(arrived)) {
            return Finding.NOT_THROUGH_PROXY;
        }
        List<String> given = arrived.headers().getAll(header);
        if (given.size() != 1) {
            return given.isEmpty() ? Finding.MISSING : Finding.DOUBLED;
        }
        return List.of(commonName).equals(commonNames(given.get(0))) ? Finding.HOLDS : Finding.WRONG;
    }

    /** All of them: a subject that has another one beside the right one is not the right one. */
    private static List<String> commonNames(String subject) {
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .toList();
        } catch (InvalidNameException unreadable) {
            return List.of();
        }
    }
}

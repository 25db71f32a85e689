package dev.refundhub.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the way says that a request came: addresses, proxies, certificates. */
class WayTest {

    private static final String INGRESS = "10.1.2.3";
    private static final Proxies PROXIES = Proxies.of(List.of("10.0.0.0/8", "fd00::/8"));
    private static final Proxies NONE = Proxies.of(List.of());

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    203.0.113.7,        ,                              203.0.113.7
                    203.0.113.7,        198.51.100.1,                  203.0.113.7
                    10.1.2.3,           203.0.113.7,                   203.0.113.7
                    10.1.2.3,           '198.51.100.1, 203.0.113.7',   203.0.113.7
                    10.1.2.3,           '203.0.113.7, 10.9.9.9',       203.0.113.7
                    10.1.2.3,           ,                              10.1.2.3
                    fd00::1,            2001:db8::1,                   2001:db8:0:0:0:0:0:1
                    ::ffff:10.1.2.3,    203.0.113.7,                   203.0.113.7
                    10.1.2.3,           ::ffff:203.0.113.7,            203.0.113.7
                    10.1.2.3,           '203.0.113.7, unknown',        nobody
                    10.1.2.3,           '203.0.113.7,',                nobody
                    10.1.2.3,           203.0.113.7:4711,              nobody
                    """)
    void theSenderIsThePeerOrWhomTrustedProxiesHeard(String peer, String forwarded, String sender) {
        assertEquals(
                sender,
                PROXIES.sender(arrived(peer, "X-Forwarded-For", forwarded))
                        .map(InetAddress::getHostAddress)
                        .orElse("nobody"));
    }

    @Test
    void withoutTrustedProxiesNobodysWordCounts() {
        assertEquals(
                Optional.of(INGRESS),
                NONE.sender(arrived(INGRESS, "X-Forwarded-For", "203.0.113.7")).map(InetAddress::getHostAddress));
    }

    @Test
    void anAddressIsOneOfThoseThatWereAgreed() {
        AddressCheck check = new AddressCheck(List.of("203.0.113.0/24", "198.51.100.1", "2001:db8::/32"), PROXIES);

        assertEquals(Finding.HOLDS, check.judge(arrived("203.0.113.255", "X-Forwarded-For", null)));
        assertEquals(Finding.HOLDS, check.judge(arrived("198.51.100.1", "X-Forwarded-For", null)));
        assertEquals(Finding.HOLDS, check.judge(arrived("2001:db8:1::1", "X-Forwarded-For", null)));
        assertEquals(Finding.HOLDS, check.judge(arrived(INGRESS, "X-Forwarded-For", "203.0.113.7")));
        assertEquals(Finding.WRONG, check.judge(arrived("203.0.114.0", "X-Forwarded-For", null)));
        assertEquals(Finding.WRONG, check.judge(arrived("198.51.100.2", "X-Forwarded-For", null)));
        assertEquals(Finding.WRONG, check.judge(arrived("198.51.100.2", "X-Forwarded-For", "203.0.113.7")));
        assertEquals(Finding.MISSING, check.judge(arrived(INGRESS, "X-Forwarded-For", "nonsense")));
    }

    @Test
    void aNameStandsForItsAddressesAndNobodyCanSayBeforeItIsResolved() {
        AddressCheck check = new AddressCheck(List.of("dns:localhost"), NONE);
        Arrived here = arrived("127.0.0.1", "X-Forwarded-For", null);

        assertEquals(Finding.UNDECIDED, check.judge(here));
        check.names().forEach(HostName::resolve);
        assertEquals(Finding.HOLDS, check.judge(here));
        assertEquals(Finding.WRONG, check.judge(arrived("203.0.113.7", "X-Forwarded-For", null)));
    }

    @Test
    void aNameThatNobodyKnowsLeavesItUndecided() {
        AddressCheck check = new AddressCheck(List.of("dns:no-such-host.invalid"), NONE);
        check.names().forEach(HostName::resolve);

        assertEquals(Finding.UNDECIDED, check.judge(arrived("127.0.0.1", "X-Forwarded-For", null)));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    CN=rapi.refundid.com,                            HOLDS
                    'CN=rapi.refundid.com,O=Refundid,C=AU',          HOLDS
                    'C=AU,cn=rapi.refundid.com',                     HOLDS
                    CN=rapi.refundid.com.evil.example,               WRONG
                    'CN=evil.example,CN=rapi.refundid.com',          WRONG
                    'CN=rapi.refundid.com\\,CN=x',                   WRONG
                    O=rapi.refundid.com,                             WRONG
                    rapi.refundid.com,                               WRONG
                    ,                                                MISSING
                    """)
    void aCertificateIsKnownByItsOneCommonName(String subject, Finding expected) {
        CertificateCheck check = new CertificateCheck("ssl-client-subject-dn", "rapi.refundid.com", PROXIES);

        assertEquals(expected, check.judge(arrived(INGRESS, "ssl-client-subject-dn", subject)));
        assertEquals(Finding.NOT_THROUGH_PROXY, check.judge(arrived("203.0.113.7", "ssl-client-subject-dn", subject)));
    }

    @Test
    void aCertificateThatIsToldTwiceIsNone() {
        CertificateCheck check = new CertificateCheck("X-Subject", "a", PROXIES);
        Arrived twice = arrived(INGRESS, "X-Subject", "CN=a");
        twice.headers().add("x-subject", "CN=a");

        assertEquals(Finding.DOUBLED, check.judge(twice));
    }

    private static Arrived arrived(String peer, String header, String value) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (value != null) {
            headers.add(header, value);
        }
        return new Arrived(peer, headers, Buffer.buffer());
    }
}

package confab.protocol.webtransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PinnedTrustTest {
  /// P-256, self-signed, valid until 2126; made with openssl for this test.
  private static final String VALID =
      """
      -----BEGIN CERTIFICATE-----
      MIIBdDCCARugAwIBAgIUbi6qqKxO5tb1r3rnhHC0IQZO8WAwCgYIKoZIzj0EAwIw
      DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjExMzE4NTJaGA8yMTI2MTAyODEzMTg1
      MlowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHyp
      0wYO1WPDd65x7Ge+9sZSftIPit/YB+eErolXC3WufMzof2Kk7s7JAYTUbz1eKDna
      YpOBocsRRomioWSEpRWjUzBRMB0GA1UdDgQWBBTL+Z9wLCRLkj/u68n+fyetNrX3
      FTAfBgNVHSMEGDAWgBTL+Z9wLCRLkj/u68n+fyetNrX3FTAPBgNVHRMBAf8EBTAD
      AQH/MAoGCCqGSM49BAMCA0cAMEQCICiAPhTOCW+8ixXa4m3hsOECIkDPK/NrKlaA
      RP9MeOaIAiASK0hpKLmOg03jVJvxDNvLKolVhphOHv0/fz12UPh4aA==
      -----END CERTIFICATE-----
      """;

  private static final String VALID_HASH = "d86ohvBdwssJTxoiozF7Q6M8ZlQIkqB0Yit4ys2Da5I=";

  /// The same, but its time was over when it was made.
  private static final String EXPIRED =
      """
      -----BEGIN CERTIFICATE-----
      MIIBGDCBvwIUQ3xhFi+Cv/pjFU9OWZxbJvskUTEwCgYIKoZIzj0EAwIwDzENMAsG
      A1UEAwwEdGVzdDAeFw0yNjExMjExMzE4NTJaFw0yNjExMjAxMzE4NTJaMA8xDTAL
      BgNVBAMMBHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR8qdMGDtVjw3eu
      cexnvvbGUn7SD4rf2AfnhK6JVwt1rnzM6H9ipO7OyQGE1G89Xig52mKTgaHLEUaJ
      oqFkhKUVMAoGCCqGSM49BAMCA0gAMEUCIQCz4tU90ujuPBKKzERm3E06zmf/DOpL
      2k2fEnZiphq/wAIgGqMH/Sc34h8IJD7ka46snDPRB2rxHFcPfADhFTdWPk0=
      -----END CERTIFICATE-----
      """;

  private static X509Certificate[] chain(String pem) throws CertificateException {
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    var certificate = CertificateFactory.getInstance("X.509").generateCertificate(bytes);
    return new X509Certificate[] {(X509Certificate) certificate};
  }

  @Test
  void theHashIsThatOfTheDerForm() throws CertificateException {
    assertThat(PinnedTrust.hash(chain(VALID)[0])).isEqualTo(VALID_HASH);
  }

  @Test
  void aListedCertificateIsTrustedWhoeverSignedIt() {
    var trust = new PinnedTrust(List.of("b3RoZXI=", VALID_HASH));

    assertThatCode(() -> trust.checkServerTrusted(chain(VALID), "UNKNOWN"))
        .doesNotThrowAnyException();
  }

  @Test
  void anyOtherCertificateIsNot() {
    var trust = new PinnedTrust(List.of("b3RoZXI="));

    assertThatThrownBy(() -> trust.checkServerTrusted(chain(VALID), "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> trust.checkServerTrusted(new X509Certificate[0], "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void onlyTheFirstOfAChainCounts() throws CertificateException {
    var trust = new PinnedTrust(List.of(VALID_HASH));
    var chain = new X509Certificate[] {chain(EXPIRED)[0], chain(VALID)[0]};

    assertThatThrownBy(() -> trust.checkServerTrusted(chain, "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void aListedCertificateThatHasExpiredIsNotTrusted() throws CertificateException {
    var trust = new PinnedTrust(List.of(PinnedTrust.hash(chain(EXPIRED)[0])));

    assertThatThrownBy(() -> trust.checkServerTrusted(chain(EXPIRED), "UNKNOWN"))
        .isInstanceOf(CertificateExpiredException.class);
  }
}

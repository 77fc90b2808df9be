package confab.webtransport.certificates;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.Frame;
import confab.webtransport.QuicEngine;
import confab.webtransport.ServerFixture;
import confab.webtransport.kwik.RawParticipant;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@Execution(ExecutionMode.CONCURRENT)
@EnumSource(QuicEngine.class)
class RenewalTest extends ServerFixture {
  RenewalTest(QuicEngine engine) {
    super(engine);
  }

  @Test
  void aRenewedCertificateIsPresentedWhileOldConnectionsGoOn() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice");
        var bob = RawParticipant.join(edge, "demo", "bob")) {
      await().until(() -> participants("demo") == 2);
      List<byte[]> announced = certificates.hashes();

      certificates.refresh(Instant.now().plus(SelfMadeCredentials.TERM).plusSeconds(1));

      assertThat(server.address()).isEqualTo(edge);
      try (var carol = RawParticipant.join(edge, "demo", "carol")) {
        await().until(() -> participants("demo") == 3);
        assertThat(carol.certificates).isNotEqualTo(alice.certificates);
        assertThat(Credentials.sha256(carol.certificates.getFirst())).isEqualTo(announced.get(1));
        assertThat(announced.get(1)).isEqualTo(certificates.hashes().get(0));

        alice.sendBundle(new Frame(false, 30, 0, 1, 0, OPUS).toBundle());
        carol.sendBundle(new Frame(false, 30, 0, 2, 0, OPUS).toBundle());
        await().until(() -> bob.framesHeard() == 2);
        await().until(() -> carol.framesHeard() == 1);
        await().until(() -> alice.framesHeard() == 1);
      }
    }
  }
}

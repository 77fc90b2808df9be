package confab.webtransport;

import confab.protocol.figures.Labelled;
import confab.webtransport.netty.NettyEngine;
import java.util.Locale;
import java.util.Optional;

/// Which implementation of QUIC carries WebTransport. Participants cannot tell them apart.
public enum QuicEngine implements Labelled {
  /// Kwik and Flupke: Java alone, runs anywhere; for rooms of a few dozen on good links.
  KWIK,
  /// Netty's codec for quiche: several times cheaper, but needs native libraries.
  NETTY;

  /// Netty where its native libraries run, else Kwik.
  public static QuicEngine preferred() {
    return NETTY.isAvailable() ? NETTY : KWIK;
  }

  /// As people write it.
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it runs on this system and processor.
  public boolean isAvailable() {
    return obstacle().isEmpty();
  }

  /// Why it does not run here.
  public Optional<String> obstacle() {
    return switch (this) {
      case KWIK -> Optional.empty();
      case NETTY -> NettyEngine.obstacle();
    };
  }
}

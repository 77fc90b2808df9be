package confab.webtransport.engine;

import confab.room.limits.AddressPlaces;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The connections of one engine that have no session yet: how many there may be, and how much is
/// sent to an address before it is known that somebody is there. Asked only for packets with a long
/// header, which media never have.
///
/// An address is proven by a token that only a Retry could have brought there (RFC 9000 §8.1.2), or
/// by the id that the edge has chosen (§8.1). As long as few are unproven, nobody is asked for a
/// token, which costs a round trip.
///
/// Guarded by itself. Bound: [EngineLimits#MAX_HALF_OPEN].
public final class Handshakes {
  private static final long MAX_AGE_NANOS = EngineLimits.HALF_OPEN_AGE.toNanos();

  /// What may be sent to an unproven address, in what came from there (RFC 9000 §8.1).
  private static final int AMPLIFICATION = 3;

  private final boolean canAsk;
  private final Map<InetSocketAddress, Handshake> underWay = new LinkedHashMap<>();
  private final AddressPlaces places = new AddressPlaces(EngineLimits.MAX_HALF_OPEN_PER_HOST);
  private final AddressPlaces unproven = new AddressPlaces(EngineLimits.MAX_UNPROVEN_PER_HOST);
  private int unprovenCount;

  /// @param canAsk whether the engine can ask for a token without keeping anything for it
  public Handshakes(boolean canAsk) {
    this.canAsk = canAsk;
  }

  /// What becomes of a packet.
  public enum Verdict {
    LET_IN,
    /// Its sender is asked for a token.
    ASK,
    REFUSE
  }

  private static final class Handshake {
    private final long begun;
    private boolean proven;
    private long received;
    private long sent;

    /// The end of the id that the engine has chosen; 0 while that is not known.
    private long id;

    Handshake(long begun, boolean proven) {
      this.begun = begun;
      this.proven = proven;
    }
  }

  /// Takes a packet with a long header of version 1 that came from `from`.
  ///
  /// @param token whether it is an Initial packet with a token that proves its address
  public synchronized Verdict hear(
      InetSocketAddress from, ByteBuffer datagram, boolean token, long now) {
    Handshake known = underWay.get(from);
    if (known == null) {
      return InitialPacket.isInitial(datagram)
          ? begin(from, datagram.remaining(), token, now)
          : Verdict.LET_IN;
    }
    known.received += datagram.remaining();
    if (!known.proven && known.id != 0 && known.id == InitialPacket.destination(datagram)) {
      known.proven = true;
      noLongerUnproven(from);
    }
    return Verdict.LET_IN;
  }

  private Verdict begin(InetSocketAddress from, int bytes, boolean token, long now) {
    forgetOld(now);
    if (underWay.size() >= EngineLimits.MAX_HALF_OPEN || !places.hasPlace(from.getAddress())) {
      return Verdict.REFUSE;
    }
    if (canAsk && !token && !mayBeUnproven(from)) {
      return Verdict.ASK;
    }
    var handshake = new Handshake(now, token);
    handshake.received = bytes;
    underWay.put(from, handshake);
    places.add(from.getAddress());
    if (!token) {
      unproven.add(from.getAddress());
      unprovenCount++;
    }
    return Verdict.LET_IN;
  }

  private boolean mayBeUnproven(InetSocketAddress from) {
    return unprovenCount < EngineLimits.MAX_UNPROVEN && unproven.hasPlace(from.getAddress());
  }

  /// Whether a handshake with `address` is under way.
  public synchronized boolean isUnderWay(InetSocketAddress address) {
    return underWay.containsKey(address);
  }

  /// Whether a packet with a long header may be sent to `to`, which counts as sent then.
  public synchronized boolean maySend(InetSocketAddress to, ByteBuffer datagram) {
    Handshake known = underWay.get(to);
    if (known == null || known.proven || InitialPacket.isRetry(datagram)) {
      return true;
    }
    if (known.id == 0) {
      known.id = InitialPacket.source(datagram);
    }
    if (known.sent + datagram.remaining() > AMPLIFICATION * known.received) {
      return false;
    }
    known.sent += datagram.remaining();
    return true;
  }

  /// There is a session, or the connection is over.
  public synchronized void completed(InetSocketAddress address) {
    forget(address, underWay.remove(address));
  }

  private void forget(InetSocketAddress address, @Nullable Handshake handshake) {
    if (handshake != null) {
      places.free(address.getAddress());
      if (!handshake.proven) {
        noLongerUnproven(address);
      }
    }
  }

  private void noLongerUnproven(InetSocketAddress address) {
    unproven.free(address.getAddress());
    unprovenCount--;
  }

  /// Entries stand in the order in which they began.
  private void forgetOld(long now) {
    Iterator<Map.Entry<InetSocketAddress, Handshake>> all = underWay.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<InetSocketAddress, Handshake> oldest = all.next();
      if (now - oldest.getValue().begun <= MAX_AGE_NANOS) {
        return;
      }
      all.remove();
      forget(oldest.getKey(), oldest.getValue());
    }
  }
}

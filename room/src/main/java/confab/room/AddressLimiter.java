package confab.room;

import confab.frames.Rate;
import confab.frames.TokenBucket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// A [TokenBucket] per network address. Keeps the most recently seen [#MAX_ADDRESSES]; one that
/// was forgotten starts with a full bucket again. Guarded by itself.
final class AddressLimiter {
  static final int MAX_ADDRESSES = 10_000;

  private final Rate rate;
  private final Map<InetAddress, TokenBucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, TokenBucket> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  AddressLimiter(Rate rate) {
    this.rate = rate;
  }

  /// Takes one token if the bucket of `address` has one.
  synchronized boolean tryTake(InetAddress address, long now) {
    return bucket(address, now).tryTake(1, now);
  }

  /// Nanoseconds until the bucket of `address` has a token; 0 when it has one. Takes nothing.
  synchronized long nanosUntilNext(InetAddress address, long now) {
    return bucket(address, now).nanosUntil(1, now);
  }

  private TokenBucket bucket(InetAddress address, long now) {
    return buckets.computeIfAbsent(network(address), a -> new TokenBucket(rate, now));
  }

  /// A host is usually given a whole IPv6 /64, so that is what counts as one address.
  static InetAddress network(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, 8, 16, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an IPv6 address", e);
    }
  }
}

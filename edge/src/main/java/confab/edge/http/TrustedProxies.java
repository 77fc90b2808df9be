package confab.edge.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The proxies whose word about the client is believed. Immutable.
///
/// @param ranges of their addresses
/// @param header by which they say it. The other one is not read: a proxy passes on what it does
///     not set itself, as the client wrote it
public record TrustedProxies(List<AddressRange> ranges, Header header) {
  public static final TrustedProxies NONE = new TrustedProxies(List.of(), Header.X_FORWARDED);

  /// How proxies say whom they speak for.
  public enum Header {
    /// `X-Forwarded-For`, `-Proto`, `-Host` and `-Port`.
    X_FORWARDED,
    /// `Forwarded` (RFC 7239).
    FORWARDED
  }

  public TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  /// @param texts addresses, ranges (`10.0.0.0/8`) and names, which are looked up once
  /// @throws UnknownHostException with the text that is none of these
  public static TrustedProxies parse(Collection<String> texts, Header header)
      throws UnknownHostException {
    List<AddressRange> ranges = new ArrayList<>();
    for (String text : texts) {
      AddressRange range = AddressRange.parse(text);
      if (range != null) {
        ranges.add(range);
      } else if (text.contains("/")) {
        throw new UnknownHostException(text);
      } else {
        for (InetAddress address : InetAddress.getAllByName(text)) {
          ranges.add(AddressRange.only(address));
        }
      }
    }
    return new TrustedProxies(ranges, header);
  }

  /// Those at `addresses`, which speak by `X-Forwarded-…`.
  public static TrustedProxies at(InetAddress... addresses) {
    List<AddressRange> ranges = List.of(addresses).stream().map(AddressRange::only).toList();
    return new TrustedProxies(ranges, Header.X_FORWARDED);
  }

  public boolean contains(InetAddress address) {
    for (AddressRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }
}

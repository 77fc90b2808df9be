package confab.protocol.address;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Hosts by which an edge is reached. A request for another one comes from a page whose name was
/// made to resolve to the edge (DNS rebinding), or from a proxy that is set up for somebody else.
/// Immutable.
///
/// @param names in lower case; empty for whatever host
public record Hosts(Set<String> names) {
  /// Whatever it is reached by.
  public static final Hosts ANY = new Hosts(Set.of());

  /// What a request for another host is answered with (RFC 9110 §15.5.20), and why.
  public static final int REFUSED = 421;

  public static final String REFUSAL = "This edge is not the host that was asked for.";

  public Hosts {
    names = Set.copyOf(names);
  }

  /// @throws IllegalArgumentException with the text that is no host
  public static Hosts parse(Collection<String> texts) {
    Set<String> names = new TreeSet<>();
    for (String text : texts) {
      Authority authority = Authority.parse(text.strip());
      if (authority == null || authority.port() >= 0) {
        throw new IllegalArgumentException(text);
      }
      names.add(lower(authority));
    }
    return new Hosts(names);
  }

  /// These and that of each of `urls`; still any when they are any.
  public Hosts and(Collection<java.net.URI> urls) {
    if (names.isEmpty()) {
      return this;
    }
    Set<String> more = new TreeSet<>(names);
    urls.forEach(url -> more.add(lower(Authority.in(url))));
    return new Hosts(more);
  }

  private static String lower(Authority authority) {
    return authority.host().toLowerCase(Locale.ROOT);
  }

  /// Whether a request may be for `authority`. The machine itself may also be asked for by the
  /// names that only itself knows it by.
  ///
  /// @param authority a host and perhaps a port, as it was dialled
  /// @param client who dialled it
  public boolean contain(String authority, InetAddress client) {
    if (names.isEmpty()) {
      return true;
    }
    Authority dialled = Authority.parse(authority);
    return dialled != null
        && (names.contains(lower(dialled)) || (client.isLoopbackAddress() && dialled.isLoopback()));
  }
}

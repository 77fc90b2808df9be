package confab.protocol.address;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Origins of pages (RFC 6454), by which an operator says whose pages may join: `https://a.example`
/// for one, `https://*.a.example` for every name below `a.example`. Immutable.
public final class Origins {
  /// Nobody's.
  public static final Origins NONE = new Origins(Set.of(), Set.of());

  private static final String ANY = "*.";

  /// Normalised, as browsers send them.
  private final Set<String> exact;

  /// Scheme and the end of the authority, as in `https://.a.example:8443`.
  private final Set<String> below;

  private Origins(Set<String> exact, Set<String> below) {
    this.exact = Set.copyOf(exact);
    this.below = Set.copyOf(below);
  }

  /// @throws IllegalArgumentException with the text that is none
  public static Origins parse(Collection<String> texts) {
    Set<String> exact = new TreeSet<>();
    Set<String> below = new TreeSet<>();
    for (String text : texts) {
      int host = text.indexOf("://") + 3;
      boolean wild = host > 2 && text.startsWith(ANY, host);
      String origin = normalised(wild ? text.substring(0, host) + text.substring(host + 2) : text);
      if (origin == null) {
        throw new IllegalArgumentException(text);
      }
      if (wild) {
        below.add(origin.replace("://", "://."));
      } else {
        exact.add(origin);
      }
    }
    return new Origins(exact, below);
  }

  /// Null when `text` is not a scheme and an authority of the web.
  private static @Nullable String normalised(String text) {
    try {
      URI url = new URI(text.strip());
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      Authority authority = Authority.of(url);
      // Without a path it is no address at all, such as `https:host`.
      String path = url.getRawPath();
      boolean plain = path != null && path.length() <= 1 && url.getQuery() == null;
      return authority != null && plain && Set.of("http", "https").contains(scheme)
          ? scheme + "://" + authority.normalised(scheme)
          : null;
    } catch (java.net.URISyntaxException e) {
      return null;
    }
  }

  /// @param origin of the Origin header
  public boolean contains(String origin) {
    return exact.contains(origin) || isBelow(origin);
  }

  /// The origin check: whether a page of `origin` may ask an edge that was dialled at `authority`,
  /// which the edge's own pages and these may. Only browsers send an origin, and only a browser can
  /// be made to ask by a page that its user did not mean to trust (RFC 6455 §10.2).
  ///
  /// @param authority a host and perhaps a port
  public boolean allow(String origin, String authority) {
    if (contains(origin)) {
      return true;
    }
    Authority from = Authority.parse(withoutScheme(origin));
    Authority dialled = Authority.parse(authority);
    return from != null
        && dialled != null
        && (from.host().equalsIgnoreCase(dialled.host())
            || (from.isLoopback() && dialled.isLoopback()));
  }

  /// Null for `null`, which is the origin of a page without one.
  private static @Nullable String withoutScheme(String origin) {
    int colon = origin.indexOf("://");
    return colon < 0 ? null : origin.substring(colon + 3);
  }

  private boolean isBelow(String origin) {
    int host = origin.indexOf("://") + 3;
    for (int dot = origin.indexOf('.', host + 1); dot > 0; dot = origin.indexOf('.', dot + 1)) {
      if (below.contains(origin.substring(0, host) + origin.substring(dot))) {
        return true;
      }
    }
    return false;
  }

  /// As the operator would write them.
  @Override
  public String toString() {
    Set<String> all = new TreeSet<>(exact);
    below.forEach(each -> all.add(each.replace("://.", "://" + ANY)));
    return String.join(",", all);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Origins that && exact.equals(that.exact) && below.equals(that.below);
  }

  @Override
  public int hashCode() {
    return 31 * exact.hashCode() + below.hashCode();
  }
}

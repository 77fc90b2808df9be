package confab.protocol.address;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What people have at hand where a deployment's address is asked for: that address, or that of a
/// meeting's page, as in `https://meet.example.org/meeting/alice/standup`.
///
/// @param deployment without the page, a query or a fragment
/// @param who a user id or a name; null when the page names nobody
/// @param room null when this is no meeting's page
public record MeetingUrl(URI deployment, @Nullable String who, @Nullable String room) {
  private static final Pattern PAGE =
      Pattern.compile("(.*?)/meeting/(?:([^/]+)/)?([^/]+)/*", Pattern.CASE_INSENSITIVE);

  /// @throws IllegalArgumentException when `url` is not one of `http` or `https` with a host
  public static MeetingUrl of(URI url) {
    Authority host = Authority.of(url);
    if (host == null || !List.of("http", "https").contains(url.getScheme())) {
      throw new IllegalArgumentException("no address of a deployment: " + url);
    }
    String origin = url.getScheme() + "://" + host;
    Matcher page = PAGE.matcher(url.getRawPath());
    return page.matches()
        ? new MeetingUrl(
            URI.create(origin + page.group(1)), decoded(page.group(2)), decoded(page.group(3)))
        : new MeetingUrl(URI.create(origin + url.getRawPath()), null, null);
  }

  private static @Nullable String decoded(@Nullable String segment) {
    return segment == null
        ? null
        : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}

package confab.access.login;

import confab.access.login.LoginConfig.Claims;
import confab.access.login.LoginConfig.Groups;
import confab.protocol.DisplayName;
import confab.protocol.UserId;
import confab.protocol.grants.Right;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who somebody is whom the provider has told. Immutable.
///
/// @param name empty where the provider tells none that can be shown
/// @param rights in all rooms
public record Account(UserId user, Optional<DisplayName> name, Set<Right> rights) {
  /// Leaves room for the mark.
  private static final int MAX_SPELLED = 47;

  private static final int MARK_BYTES = 8;
  private static final Pattern MARKED = Pattern.compile(".*-[0-9a-f]{16}");

  public Account {
    rights = Set.copyOf(rights);
  }

  /// @param issuer the provider
  /// @param subject who somebody is to the provider, for ever
  /// @param told all claims about them
  static Account of(
      String issuer, String subject, Map<String, Object> told, Claims claims, Groups groups) {
    Set<Right> rights = EnumSet.range(Right.JOIN, Right.SUBSCRIBE);
    rights.add(Right.CREATE);
    List<?> memberships =
        switch (told.get(claims.groups())) {
          case List<?> several -> several;
          case String one -> List.of(one);
          case null, default -> List.of();
        };
    groups.hosts().filter(memberships::contains).ifPresent(_ -> rights.add(Right.HOST));
    groups.admins().filter(memberships::contains).ifPresent(_ -> rights.add(Right.ADMIN));
    return new Account(
        user(told.get(claims.user()), mark(issuer + " " + subject)),
        name(told.get(claims.name())),
        rights);
  }

  private static Optional<DisplayName> name(@Nullable Object claim) {
    return claim instanceof String text && DisplayName.fault(text).isEmpty()
        ? Optional.of(new DisplayName(text))
        : Optional.empty();
  }

  /// A claim that can stand as a user id does. Others are spelled as one, with a mark by which two
  /// people differ whom the provider tells apart; and nobody gets such a one by what they are
  /// called.
  private static UserId user(@Nullable Object claim, String mark) {
    String told = claim instanceof String text ? text : "";
    if (UserId.isValid(told) && !MARKED.matcher(told).matches()) {
      return new UserId(told);
    }
    String spelled = told.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
    String beginning = spelled.substring(0, Math.min(spelled.length(), MAX_SPELLED));
    return new UserId((beginning.isEmpty() ? "user" : beginning) + "-" + mark);
  }

  private static String mark(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, MARK_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

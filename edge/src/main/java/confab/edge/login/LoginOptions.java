package confab.edge.login;

import confab.access.login.LoginConfig;
import confab.access.login.LoginConfig.Claims;
import confab.access.login.LoginConfig.Groups;
import confab.access.login.LoginConfig.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options about logging in.
public final class LoginOptions {
  @Option(
      names = "--oidc-issuer",
      paramLabel = "URL",
      description =
          "The OpenID provider by which people log in, as it writes its own address. Default:"
              + " none, nobody logs in.")
  @Nullable URI issuer;

  @Option(
      names = "--oidc-client-id",
      paramLabel = "ID",
      description = "As which the provider knows this installation.")
  @Nullable String clientId;

  @Option(
      names = "--oidc-client-secret",
      paramLabel = "SECRET",
      description = "By which it knows that. Default: none, for a public client.")
  @Nullable String secret;

  @Option(
      names = "--oidc-client-secret-file",
      paramLabel = "FILE",
      description = "A file with that secret; what it holds counts at once.")
  @Nullable Path secretFile;

  @Option(
      names = "--oidc-scopes",
      paramLabel = "SCOPES",
      split = ",",
      description = "What the provider is asked for. Default: openid,profile.")
  List<String> scopes = List.of("openid", "profile");

  @Option(
      names = "--oidc-user-claim",
      paramLabel = "CLAIM",
      description = "Which claim says who somebody is. Default: {default}.")
  String userClaim = Claims.USUAL.user();

  @Option(
      names = "--oidc-name-claim",
      paramLabel = "CLAIM",
      description = "Which claim says how they are shown. Default: {default}.")
  String nameClaim = Claims.USUAL.name();

  @Option(
      names = "--oidc-groups-claim",
      paramLabel = "CLAIM",
      description = "Which claim lists their groups. Default: {default}.")
  String groupsClaim = Claims.USUAL.groups();

  @Option(
      names = "--oidc-host-group",
      paramLabel = "GROUP",
      description = "Whoever is in it moderates in all rooms. Default: nobody.")
  @Nullable String hostGroup;

  @Option(
      names = "--oidc-admin-group",
      paramLabel = "GROUP",
      description = "Whoever is in it does what operators do. Default: nobody.")
  @Nullable String adminGroup;

  @Option(
      names = "--login-lifetime",
      paramLabel = "DURATION",
      description = "After which people log in again. Default: {default}.")
  Duration lifetime = LoginConfig.LIFETIME;

  /// Empty where nobody logs in.
  ///
  /// @throws IllegalArgumentException with one line that says which option is wrong
  public Optional<LoginConfig> config() {
    if (issuer == null && clientId == null) {
      check(secret == null && secretFile == null, "--oidc-client-secret needs an --oidc-issuer");
      check(hostGroup == null && adminGroup == null, "--oidc-host-group needs an --oidc-issuer");
      return Optional.empty();
    }
    if (issuer == null || clientId == null || clientId.isBlank()) {
      throw new IllegalArgumentException("--oidc-issuer and --oidc-client-id go together");
    }
    check(
        issuer.getHost() != null
            && String.valueOf(issuer.getScheme()).matches("(?i)https?")
            && issuer.getRawUserInfo() == null
            && issuer.getRawQuery() == null,
        "the value of --oidc-issuer has to be like https://login.example.org");
    check(
        secret == null || secretFile == null,
        "--oidc-client-secret and --oidc-client-secret-file do not go together");
    check(scopes.contains("openid"), "--oidc-scopes has to have openid");
    for (String given : Arrays.asList(userClaim, nameClaim, groupsClaim, hostGroup, adminGroup)) {
      check(given == null || !given.isBlank(), "claims and groups of --oidc have to have a name");
    }
    check(
        lifetime.compareTo(Duration.ofMinutes(1)) >= 0
            && lifetime.compareTo(Duration.ofDays(30)) <= 0,
        "the value of --login-lifetime has to be 1m to 720h");
    return Optional.of(
        new LoginConfig(
            issuer,
            clientId,
            clientSecret(),
            scopes,
            new Claims(userClaim, nameClaim, groupsClaim),
            new Groups(Optional.ofNullable(hostGroup), Optional.ofNullable(adminGroup)),
            lifetime));
  }

  private Optional<Secret> clientSecret() {
    if (secretFile != null) {
      var file = new Secret.InFile(secretFile);
      try {
        String _ = file.read();
      } catch (IOException e) {
        throw new IllegalArgumentException("--oidc-client-secret-file: " + e.getMessage(), e);
      }
      return Optional.of(file);
    }
    return secret == null ? Optional.empty() : Optional.of(new Secret.Given(secret));
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

package confab.webtransport.certificates;

import java.time.Instant;
import java.util.List;

/// Where the credentials of an edge come from and when they change. Owned by the one thread of
/// [Certificates] that calls [#refresh]; the other methods may be called from anywhere.
interface CredentialSource {
  /// What to serve now.
  Credentials current();

  /// Looks whether something else is to be served from `now` on.
  ///
  /// @return whether [#current] changed
  boolean refresh(Instant now);

  /// SHA-256 of the certificates that may be served during the next hours, if pages must be told of
  /// them because no authority vouches for them.
  List<byte[]> hashes();
}

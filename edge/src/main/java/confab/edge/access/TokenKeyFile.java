package confab.edge.access;

import confab.access.TokenKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keys in a file that may change. It is looked at once a second at most, when somebody asks. One
/// that cannot be used is reported, and the former keys stay. Thread-safe.
final class TokenKeyFile implements Supplier<TokenKeys> {
  private static final Logger LOG = LoggerFactory.getLogger(TokenKeyFile.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final LongSupplier clock;

  // Guarded by this.
  private TokenKeys keys;
  private @Nullable Stamp seen;
  private long looked;

  /// By which a change is noticed; null for a file that is not there.
  private record Stamp(FileTime changed, long bytes) {}

  /// @param clock in nanoseconds
  /// @throws IOException with one line that says what is wrong with the file, and no secret
  TokenKeyFile(Path file, LongSupplier clock) throws IOException {
    this.file = file;
    this.clock = clock;
    looked = clock.getAsLong();
    seen = stamp();
    keys = TokenKeys.read(file);
  }

  @Override
  public synchronized TokenKeys get() {
    long now = clock.getAsLong();
    if (now - looked >= LOOK_NANOS) {
      looked = now;
      look();
    }
    return keys;
  }

  private void look() {
    Stamp found = stamp();
    if (found == null ? seen == null : found.equals(seen)) {
      return;
    }
    seen = found;
    try {
      keys = TokenKeys.read(file);
      LOG.info("token keys reloaded");
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("why", e.getMessage()).log("token keys not reloaded");
    }
  }

  private @Nullable Stamp stamp() {
    try {
      return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
    } catch (IOException e) {
      return null;
    }
  }
}

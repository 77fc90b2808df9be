package confab.edge.access;

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
///
/// @param <T> the keys
final class WatchedFile<T> implements Supplier<T> {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final Reader<T> reader;
  private final LongSupplier clock;

  // Guarded by this.
  private T keys;
  private @Nullable Stamp seen;
  private long looked;

  /// How the file is read.
  @FunctionalInterface
  interface Reader<T> {
    /// @throws IOException with one line that says what is wrong with the file, and no secret
    T read(Path file) throws IOException;
  }

  /// By which a change is noticed; null for a file that is not there.
  private record Stamp(FileTime changed, long bytes) {}

  /// @param clock in nanoseconds
  /// @throws IOException with one line that says what is wrong with the file, and no secret
  WatchedFile(Path file, Reader<T> reader, LongSupplier clock) throws IOException {
    this.file = file;
    this.reader = reader;
    this.clock = clock;
    looked = clock.getAsLong();
    seen = stamp();
    keys = reader.read(file);
  }

  @Override
  public synchronized T get() {
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
      keys = reader.read(file);
      LOG.atInfo().addKeyValue("file", file).log("token keys reloaded");
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

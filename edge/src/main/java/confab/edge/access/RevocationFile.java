package confab.edge.access;

import confab.protocol.UserId;
import confab.protocol.revocations.Revocation;
import confab.protocol.revocations.Revocation.OfToken;
import confab.protocol.revocations.Revocation.OfUser;
import confab.room.grants.Revocations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what was taken back while no edge runs: a line for each, `UNTIL token ID` or `UNTIL user
/// ID BEFORE`. It is read at the start, and written anew, moments after each change, by a thread of
/// its own. An edge has a file of its own.
public final class RevocationFile implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(RevocationFile.class);

  private final Revocations revocations;
  private final Path file;
  private final Semaphore changes = new Semaphore(0);
  private final Thread writer;

  /// @throws IOException with one line that says what is wrong with the file, which need not be
  ///     there
  public RevocationFile(Revocations revocations, Path file) throws IOException {
    this.revocations = revocations;
    this.file = file;
    read();
    try {
      write();
    } catch (IOException e) {
      throw new IOException("cannot write " + file + " (" + e.getClass().getSimpleName() + ")", e);
    }
    revocations.onAdded(_ -> changes.release());
    writer = Thread.ofVirtual().name("revocation-file").start(this::writeAlways);
  }

  private void read() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + " (" + e.getClass().getSimpleName() + ")", e);
    }
    for (int i = 0; i < lines.size(); i++) {
      try {
        revocations.add(parse(lines.get(i)));
      } catch (DateTimeException | IllegalArgumentException e) {
        throw new IOException(file + " line " + (i + 1) + " is no revocation", e);
      }
    }
  }

  /// An id may hold blanks.
  private static Revocation parse(String line) {
    String[] words = line.split(" ", 3);
    if (words.length == 3 && words[1].equals("token")) {
      return new OfToken(words[2], Instant.parse(words[0]));
    }
    String[] user = words.length == 3 && words[1].equals("user") ? words[2].split(" ") : words;
    if (user.length == 2) {
      return new OfUser(new UserId(user[0]), Instant.parse(user[1]), Instant.parse(words[0]));
    }
    throw new IllegalArgumentException("neither a token nor a user");
  }

  private static String line(Revocation revocation) {
    return switch (revocation) {
      case OfToken(String token, Instant until) -> until + " token " + token;
      case OfUser(UserId user, Instant before, Instant until) ->
          until + " user " + user + " " + before;
    };
  }

  private void writeAlways() {
    try {
      while (true) {
        changes.acquire();
        changes.drainPermits();
        while (!writeOrComplain()) {
          Thread.sleep(RETRY);
        }
      }
    } catch (InterruptedException e) {
      // Closing.
    }
  }

  /// @return whether it is written
  private boolean writeOrComplain() {
    try {
      write();
      return true;
    } catch (IOException e) {
      LOG.atError()
          .addKeyValue("file", file)
          .addKeyValue("why", e.getClass().getSimpleName())
          .log("what was taken back is not kept: it is forgotten with this edge");
      return false;
    }
  }

  /// The former file stays until the next one is whole.
  private synchronized void write() throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.write(next, revocations.all().map(RevocationFile::line).toList());
    try (var written = FileChannel.open(next, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    writer.interrupt();
    boolean _ = writeOrComplain();
  }
}

package confab.edge;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.SubstituteLoggerFactory;

/// The log of the process: one line per event on standard error, with what the event is about as
/// keys and values (`session=… room=…`).
final class Logs {
  private static final Logger LOG = LoggerFactory.getLogger(Logs.class);

  /// Libraries that log every connection that breaks, which is noise on a public port.
  private static final List<String> LIBRARIES =
      List.of("io.undertow", "org.xnio", "org.jboss", "tech.kwik");

  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg %kvp{NONE}%n%ex";

  private static final String QUEUE = "queue";

  private Logs() {}

  enum Format {
    text,
    json
  }

  enum Threshold {
    trace(Level.TRACE),
    debug(Level.DEBUG),
    info(Level.INFO),
    warn(Level.WARN),
    error(Level.ERROR);

    private final Level level;

    Threshold(Level level) {
      this.level = level;
    }
  }

  /// Sets the process's logging up, in place of whatever there was.
  static void configure(Format format, Threshold threshold) {
    LoggerContext logback = context();
    logback.reset();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(logback);
    console.setTarget("System.err");
    console.setEncoder(encoder(format, logback));
    console.start();
    var queue = new LogQueue();
    queue.setName(QUEUE);
    queue.setContext(logback);
    queue.addAppender(console);
    queue.start();
    var root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(threshold.level);
    root.addAppender(queue);
    Level quiet = threshold.level.isGreaterOrEqual(Level.WARN) ? threshold.level : Level.WARN;
    LIBRARIES.forEach(library -> logback.getLogger(library).setLevel(quiet));
  }

  /// While another thread is the first to log, SLF4J hands out something else.
  private static LoggerContext context() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    while (factory instanceof SubstituteLoggerFactory) {
      Thread.onSpinWait();
      factory = LoggerFactory.getILoggerFactory();
    }
    return (LoggerContext) factory;
  }

  /// Writes what is left, as far as somebody takes it. Nothing is logged any more.
  static void end() {
    context().stop();
  }

  /// Of this process's log; of one that is nobody's where an edge runs inside another program.
  static LogQueue queue() {
    var root = context().getLogger(Logger.ROOT_LOGGER_NAME);
    return root.getAppender(QUEUE) instanceof LogQueue queue ? queue : new LogQueue();
  }

  /// For threads that die of an exception: one line instead of a stack trace. Kwik's senders do so
  /// when a connection ends from both sides at once, which harms nobody.
  static void uncaught(Thread thread, Throwable why) {
    LOG.atWarn()
        .addKeyValue("thread", thread.getName())
        .addKeyValue("why", why)
        .log("a thread ended by an exception");
    LOG.debug("which came from", why);
  }

  private static Encoder<ILoggingEvent> encoder(Format format, LoggerContext logback) {
    Encoder<ILoggingEvent> encoder =
        switch (format) {
          case json -> new JsonEncoder();
          case text -> {
            var lines = new PatternLayoutEncoder();
            lines.setPattern(LINE);
            yield lines;
          }
        };
    encoder.setContext(logback);
    encoder.start();
    return encoder;
  }
}

package confab.edge;

import confab.bus.Bus;
import confab.bus.BusStats;
import confab.edge.access.RevocationFeed;
import confab.edge.access.TokenInspector;
import confab.edge.guard.ConnectionGuard;
import confab.edge.guard.HttpRefusals;
import confab.edge.login.LoginCounters;
import confab.frames.MediaCounters;
import confab.room.Rooms;
import confab.room.Transport;
import confab.room.grants.Revocations;
import confab.room.limits.LimitCounters;
import confab.room.presence.PresenceStats;
import confab.webtransport.WebTransportServer;
import confab.webtransport.WebTransportStats;
import confab.webtransport.certificates.Certificates;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/// Renders, for Prometheus, what the parts of the edge count themselves: name, label and help of a
/// metric stand at its [confab.protocol.figures.Figure], and `docs/OPERATIONS.md` lists them all.
final class Metrics implements HttpHandler, AutoCloseable {
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Figures figures = new Figures(registry);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  Metrics(
      Rooms rooms,
      WebTransportServer webTransport,
      Certificates certificates,
      Bus bus,
      EdgeDirectory directory,
      ConnectionGuard connections,
      HttpRefusals refusals,
      TokenInspector tokens,
      Revocations revocations,
      RevocationFeed revocationFeed,
      LoginCounters logins) {
    figures.register("confab", Tags.empty(), Rooms.class, () -> rooms);
    for (Transport transport : Transport.values()) {
      media(transport.label(), rooms.counters(transport));
    }
    media("bus", rooms.busCounters());
    figures.register("confab", Tags.empty(), LimitCounters.class, rooms::limited);
    figures.register("confab.presence", Tags.empty(), PresenceStats.class, rooms::presenceStats);
    figures.register("confab.bus", Tags.empty(), Bus.class, () -> bus);
    figures.register("confab.bus", Tags.empty(), BusStats.class, bus::stats);
    figures.register("confab", Tags.empty(), EdgeDirectory.class, () -> directory);
    figures.register("confab", Tags.empty(), Certificates.class, () -> certificates);
    figures.register("confab", Tags.empty(), WebTransportServer.class, () -> webTransport);
    figures.register(
        "confab.webtransport", Tags.empty(), WebTransportStats.class, webTransport::stats);
    figures.register("confab", Tags.empty(), TokenInspector.class, () -> tokens);
    figures.register("confab", Tags.empty(), Revocations.class, () -> revocations);
    figures.register("confab", Tags.empty(), RevocationFeed.class, () -> revocationFeed);
    figures.register("confab", Tags.empty(), LoginCounters.class, () -> logins);
    figures.register("confab.http", Tags.empty(), ConnectionGuard.class, () -> connections);
    figures.register("confab.http", Tags.empty(), HttpRefusals.class, () -> refusals);
    LogQueue log = Logs.queue();
    figures.register("confab.log", Tags.empty(), LogQueue.class, () -> log);
    bindProcess();
  }

  private void media(String transport, MediaCounters counters) {
    Tags tags = Tags.of("transport", transport);
    figures.register("confab.media", tags, MediaCounters.class, () -> counters);
  }

  private void bindProcess() {
    figures.register("process", Tags.empty(), ResidentMemory.class, ResidentMemory::new);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, CONTENT_TYPE);
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    exchange.getResponseSender().send(registry.scrape());
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}

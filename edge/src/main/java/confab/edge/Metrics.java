package confab.edge;

import confab.bus.Bus;
import confab.bus.BusStats;
import confab.frames.DropReason;
import confab.frames.MediaCounters;
import confab.room.Resumption;
import confab.room.Rooms;
import confab.room.Transport;
import confab.room.presence.PresenceStats;
import confab.webtransport.WebTransportServer;
import confab.webtransport.WebTransportStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// Renders, for Prometheus, what the parts of the edge count themselves.
final class Metrics implements HttpHandler, AutoCloseable {
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  Metrics(Rooms rooms, WebTransportServer webTransport, Bus bus, EdgeDirectory directory) {
    bindRooms(rooms);
    bindPresence(rooms, directory);
    bindBus(bus);
    bindWebTransport(webTransport);
    bindProcess();
  }

  private void bindRooms(Rooms rooms) {
    gauge("confab.rooms", "Rooms on this edge, empty ones included", rooms, Rooms::roomCount);
    for (Transport transport : Transport.values()) {
      Gauge.builder("confab.sessions", rooms, r -> r.connectionCount(transport))
          .description("Sessions by transport")
          .tag("transport", transport.label())
          .strongReference(true)
          .register(registry);
      bindMedia(rooms.counters(transport), transport.label());
    }
    bindMedia(rooms.busCounters(), "bus");
  }

  private void bindPresence(Rooms rooms, EdgeDirectory directory) {
    gauge("confab.edges", "Other edges known", directory, each -> each.others().size());
    for (Resumption outcome : Resumption.values()) {
      FunctionCounter.builder("confab.resumptions", rooms, r -> r.resumptions(outcome))
          .description("Resume tokens shown, by what became of them")
          .tag("outcome", outcome.label())
          .register(registry);
    }
    FunctionCounter.builder("confab.rounds.unwatched", rooms, Rooms::roundsUnwatched)
        .description("Rounds that could not be timed since too many rooms had one open")
        .register(registry);
    presence("states.in", rooms, PresenceStats::statesIn);
    presence("states.out", rooms, PresenceStats::statesOut);
    presence("states.refused", rooms, PresenceStats::statesRefused);
    presence("superseded", rooms, PresenceStats::superseded);
    presence("displaced", rooms, PresenceStats::displaced);
    FunctionCounter.builder("confab.edges.refused", directory, EdgeDirectory::refused)
        .description("Notices of other edges that could not be understood")
        .register(registry);
  }

  /// What each means is said at [PresenceStats].
  private void presence(String name, Rooms rooms, ToLongFunction<PresenceStats> figure) {
    FunctionCounter.builder(
            "confab.presence." + name, rooms, r -> figure.applyAsLong(r.presenceStats()))
        .register(registry);
  }

  private void bindBus(Bus bus) {
    gauge("confab.bus.connected", "1 while the bus is reached", bus, b -> b.isConnected() ? 1 : 0);
    bus("published", bus, BusStats::published);
    bus("received", bus, BusStats::received);
    bus("dropped.out", bus, BusStats::droppedOut);
    bus("dropped.in", bus, BusStats::droppedIn);
    bus("disconnects", bus, BusStats::disconnects);
  }

  /// What each means is said at [BusStats].
  private void bus(String name, Bus bus, ToLongFunction<BusStats> figure) {
    FunctionCounter.builder("confab.bus." + name, bus, b -> figure.applyAsLong(b.stats()))
        .register(registry);
  }

  private void bindMedia(MediaCounters media, String transport) {
    count("confab.media.frames.in", "Frames received", transport, media, MediaCounters::framesIn);
    count("confab.media.frames.out", "Frames sent", transport, media, MediaCounters::framesOut);
    count(
        "confab.media.bytes.in", "Media bytes received", transport, media, MediaCounters::bytesIn);
    count("confab.media.bytes.out", "Media bytes sent", transport, media, MediaCounters::bytesOut);
    count(
        "confab.media.bundles.out",
        "Datagrams or messages sent with media",
        transport,
        media,
        MediaCounters::bundlesOut);
    for (DropReason reason : DropReason.values()) {
      FunctionCounter.builder("confab.media.dropped", media, m -> m.drops(reason))
          .description("Frames not forwarded, by reason")
          .tag("transport", transport)
          .tag("reason", reason.label())
          .register(registry);
    }
  }

  private void count(
      String name,
      String help,
      String transport,
      MediaCounters media,
      ToDoubleFunction<MediaCounters> figure) {
    FunctionCounter.builder(name, media, figure)
        .description(help)
        .tag("transport", transport)
        .register(registry);
  }

  private <T> void gauge(String name, String help, T source, ToDoubleFunction<T> figure) {
    Gauge.builder(name, source, figure).description(help).strongReference(true).register(registry);
  }

  private void bindWebTransport(WebTransportServer webTransport) {
    gauge(
        "confab.webtransport.open.connections",
        "QUIC connections now, with or without a session",
        webTransport,
        server -> server.stats().openConnections());
    count("connections", webTransport, WebTransportStats::connections);
    count("handshakes.refused", webTransport, WebTransportStats::handshakesRefused);
    count("requests.refused", webTransport, WebTransportStats::requestsRefused);
    count("datagrams.unknown", webTransport, WebTransportStats::datagramsUnknown);
    count("datagrams.lost", webTransport, WebTransportStats::datagramsLost);
    count("packets.unsent", webTransport, WebTransportStats::packetsUnsent);
  }

  /// What each means is said at [WebTransportStats].
  private void count(
      String name, WebTransportServer webTransport, ToLongFunction<WebTransportStats> figure) {
    FunctionCounter.builder(
            "confab.webtransport." + name,
            webTransport,
            server -> figure.applyAsLong(server.stats()))
        .register(registry);
  }

  private void bindProcess() {
    gauge(
        "process.resident.memory.bytes",
        "Memory of the process that is in RAM; 0 where the system does not tell",
        new ResidentMemory(),
        ResidentMemory::bytes);
    MeterRegistry target = registry;
    new ProcessorMetrics().bindTo(target);
    new UptimeMetrics().bindTo(target);
    new FileDescriptorMetrics().bindTo(target);
    new JvmMemoryMetrics().bindTo(target);
    new JvmThreadMetrics().bindTo(target);
    gc.bindTo(target);
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

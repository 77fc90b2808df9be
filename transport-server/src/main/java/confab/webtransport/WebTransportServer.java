package confab.webtransport;

import confab.frames.Outbox;
import confab.protocol.figures.Figure;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import confab.room.Connection;
import confab.room.ControlQueue;
import confab.room.JoinRequest;
import confab.room.Rooms;
import confab.room.Transport;
import confab.webtransport.certificates.Certificates;
import confab.webtransport.engine.Engine;
import confab.webtransport.engine.EngineCounters;
import confab.webtransport.engine.EngineSetup;
import confab.webtransport.kwik.KwikEngine;
import confab.webtransport.kwik.WarmUp;
import confab.webtransport.netty.NettyEngine;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Lets participants into rooms over WebTransport. Listens on one UDP port; a CONNECT request for
/// the configured path is a join, which admission decides before it is answered.
public final class WebTransportServer implements AutoCloseable {
  private final String path;
  private final Rooms rooms;
  private final Certificates certificates;
  private final EngineCounters counters = new EngineCounters();
  private final Engine engine;
  private final QuicEngine engineKind;

  private WebTransportServer(WebTransportConfig config, Rooms rooms, Certificates certificates)
      throws IOException {
    path = config.path();
    engineKind = config.engine();
    this.rooms = rooms;
    this.certificates = certificates;
    var setup =
        new EngineSetup(
            config.bind(), config.idleTimeout(), certificates.current(), this::onConnect, counters);
    engine =
        switch (config.engine()) {
          case KWIK -> new KwikEngine(setup);
          case NETTY -> new NettyEngine(setup);
        };
    certificates.onChange(engine::use);
  }

  /// @throws IOException when the address is in use or not of this machine, or the certificate is
  ///     of a kind that QUIC cannot use
  public static WebTransportServer start(
      WebTransportConfig config, Rooms rooms, Certificates certificates) throws IOException {
    return new WebTransportServer(config, rooms, certificates);
  }

  /// The UDP address on which it listens.
  public InetSocketAddress address() {
    return engine.address();
  }

  /// Connects to itself a few times, so that the first join does not pay for loading classes.
  /// Blocks until done, a second or so.
  public void warmUp() {
    WarmUp.run(address(), certificates.current().certificate());
  }

  /// Whether `kind` is the engine that runs.
  @Figure(
      name = "quic.engine",
      by = "engine",
      gauge = true,
      value = "1 for the engine that carries WebTransport")
  public boolean runsOn(QuicEngine kind) {
    return kind == engineKind;
  }

  public WebTransportStats stats() {
    return WebTransportStats.of(counters);
  }

  private void onConnect(Engine.ConnectRequest request) {
    String pathAndQuery = request.pathAndQuery();
    int question = pathAndQuery.indexOf('?');
    String requested = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
    if (!requested.equals(path)) {
      request.refuse(404);
      return;
    }
    @Nullable String query = question < 0 ? null : pathAndQuery.substring(question + 1);
    var join =
        JoinRequest.of(query, request.remoteAddress(), request.authority(), request.origin());
    switch (rooms.admit(join)) {
      case Refused refused -> request.refuse(refused.status());
      case Admitted admitted -> accept(request, admitted);
    }
  }

  private void accept(Engine.ConnectRequest request, Admitted admitted) {
    var link =
        new WebTransportLink(
            new ControlQueue(rooms.limited()), new Outbox(rooms.counters(Transport.WEBTRANSPORT)));
    // The connection is made before the request is answered, so nothing that the participant sends
    // comes too early.
    Connection connection = rooms.connect(admitted, link);
    link.begin(connection);
    Engine.Tunnel tunnel = request.accept(link, link.outbox());
    link.established(tunnel);
  }

  /// Ends every link; rooms are closed before, so that participants learn why.
  @Override
  public void close() {
    engine.close();
  }
}

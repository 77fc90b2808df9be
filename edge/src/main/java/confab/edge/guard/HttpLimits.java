package confab.edge.guard;

import confab.frames.Rate;
import java.time.Duration;

/// What one address, and what one connection, may take of the TCP ports. Immutable.
///
/// @param connections TCP connections without a session, of all addresses
/// @param connectionsPerAddress those of one address
/// @param firstRequest from its beginning, a connection has this long until the head of its first
///     request is there, the TLS handshake included; later heads have as long from their first byte
/// @param betweenRequests a connection may be without a request for this long
/// @param sent bytes of one connection that carries no session
/// @param requests HTTP requests from one address
/// @param sessionLookups questions for a join from one address
/// @param roomLookups questions for a room from one address
public record HttpLimits(
    int connections,
    int connectionsPerAddress,
    Duration firstRequest,
    Duration betweenRequests,
    Rate sent,
    Rate requests,
    Rate sessionLookups,
    Rate roomLookups) {
  /// A page takes some fifteen requests, and a whole office may sit behind one address.
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          3_000,
          256,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          new Rate(64_000, 1_000_000),
          new Rate(100, 1000),
          new Rate(20, 200),
          new Rate(5, 50));

  /// These, where an address may join more often than it does by default: each join takes requests
  /// and look-ups.
  ///
  /// @param factor how much more often; what is below 1 changes nothing
  public HttpLimits forJoins(double factor) {
    double more = Math.max(1, factor);
    return new HttpLimits(
        connections,
        connectionsPerAddress,
        firstRequest,
        betweenRequests,
        sent,
        requests.scaledTo(requests.perSecond() * more),
        sessionLookups.scaledTo(sessionLookups.perSecond() * more),
        roomLookups.scaledTo(roomLookups.perSecond() * more));
  }

  public HttpLimits withConnections(int all, int perAddress) {
    return new HttpLimits(
        all,
        perAddress,
        firstRequest,
        betweenRequests,
        sent,
        requests,
        sessionLookups,
        roomLookups);
  }

  public HttpLimits withFirstRequest(Duration deadline) {
    return new HttpLimits(
        connections,
        connectionsPerAddress,
        deadline,
        betweenRequests,
        sent,
        requests,
        sessionLookups,
        roomLookups);
  }

  public HttpLimits withRates(Rate newRequests, Rate newSessionLookups, Rate newRoomLookups) {
    return new HttpLimits(
        connections,
        connectionsPerAddress,
        firstRequest,
        betweenRequests,
        sent,
        newRequests,
        newSessionLookups,
        newRoomLookups);
  }
}

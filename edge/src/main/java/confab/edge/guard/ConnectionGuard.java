package confab.edge.guard;

import confab.edge.http.TrustedProxies;
import confab.frames.Rate;
import confab.protocol.figures.Figure;
import confab.room.limits.AddressPlaces;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Protocols;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;
import org.xnio.conduits.ConduitStreamSourceChannel;

/// The TCP connections without a session: how many one address has, how many there are in all, and
/// how long one goes without its first request. A connection whose WebSocket stands is no longer
/// one of them, since sessions have bounds of their own.
///
/// The ports never stop to accept: where there are too many connections, one that nobody misses
/// ends for each that comes. Those come first that have made no request yet, the oldest of them
/// before the others, then those whose last request is the longest ago. So a flood of silent
/// connections from many addresses costs itself its connections, and a balancer's check is
/// answered all the while.
///
/// Guarded by itself; connections are closed by their own I/O threads.
public final class ConnectionGuard {
  /// Deadlines are looked after so many times in their length.
  private static final int SWEEPS = 10;

  /// Requests over one HTTP/2 connection that are answered with a refusal: as many as may be under
  /// way at a time.
  private static final int REFUSALS = 64;

  private final int most;
  private final long firstRequestNanos;
  private final Rate sent;
  private final TrustedProxies proxies;
  private final Predicate<InetAddress> banned;
  private final HttpRefusals refusals;
  private final LongSupplier clock;
  private final AddressPlaces places;

  /// Have made no request yet; the oldest first.
  private final Map<Ends, Guest> strangers = new LinkedHashMap<>();

  /// Have made one; that whose last one is the longest ago first.
  private final Map<Ends, Guest> guests = new LinkedHashMap<>(64, 0.75f, true);

  /// By which a request finds its connection.
  private record Ends(SocketAddress peer, SocketAddress local) {}

  private static final class Guest {
    final StreamConnection connection;

    /// The address that has a place for it; null for a proxy, which speaks for many.
    final @Nullable InetAddress counted;

    final long since;
    int refused;

    /// Null for a proxy.
    @Nullable ByteBudget budget;

    Guest(StreamConnection connection, @Nullable InetAddress counted, long since) {
      this.connection = connection;
      this.counted = counted;
      this.since = since;
    }
  }

  /// @param banned whose connections are refused at present, whatever their number
  /// @param clock in nanoseconds
  public ConnectionGuard(
      HttpLimits limits,
      TrustedProxies proxies,
      Predicate<InetAddress> banned,
      HttpRefusals refusals,
      LongSupplier clock) {
    most = limits.connections();
    this.proxies = proxies;
    this.banned = banned;
    this.refusals = refusals;
    this.clock = clock;
    sent = limits.sent();
    firstRequestNanos = limits.firstRequest().toNanos();
    places = new AddressPlaces(limits.connectionsPerAddress());
  }

  /// Looks after the deadlines from now on, on `thread`, until the key is removed.
  public XnioExecutor.Key start(XnioIoThread thread) {
    long interval = Duration.ofNanos(firstRequestNanos).dividedBy(SWEEPS).toMillis();
    return thread.executeAtInterval(this::sweep, Math.max(1, interval), TimeUnit.MILLISECONDS);
  }

  /// Called on the I/O thread of a connection before anything is read from it.
  ///
  /// @return whether it may go on; otherwise it has been closed
  public boolean admits(StreamConnection connection) {
    var ends = new Ends(connection.getPeerAddress(), connection.getLocalAddress());
    InetAddress peer = ((InetSocketAddress) ends.peer).getAddress();
    if (peer == null) {
      // Gone before it was looked at.
      IoUtils.safeClose(connection);
      return false;
    }
    InetAddress counted = proxies.contains(peer) ? null : peer;
    HttpRefusal refusal = counted == null ? null : refusal(counted);
    if (refusal != null) {
      refusals.count(refusal);
      IoUtils.safeClose(connection);
      return false;
    }
    var guest = new Guest(connection, counted, clock.getAsLong());
    if (counted != null) {
      guest.budget = budgetOf(connection);
    }
    take(ends, guest);
    connection.setCloseListener(closed -> forget(ends));
    return true;
  }

  private ByteBudget budgetOf(StreamConnection connection) {
    ConduitStreamSourceChannel source = connection.getSourceChannel();
    var budget =
        new ByteBudget(source.getConduit(), sent, clock, () -> refusals.count(HttpRefusal.BYTES));
    source.setConduit(budget);
    return budget;
  }

  private @Nullable HttpRefusal refusal(InetAddress peer) {
    if (banned.test(peer)) {
      return HttpRefusal.REQUESTS;
    }
    return places.take(peer) ? null : HttpRefusal.CONNECTIONS;
  }

  private synchronized void take(Ends ends, Guest guest) {
    if (strangers.size() + guests.size() >= most) {
      Map<Ends, Guest> from = strangers.isEmpty() ? guests : strangers;
      Iterator<Guest> eldest = from.values().iterator();
      end(eldest.next(), HttpRefusal.CROWDED_OUT);
      eldest.remove();
    }
    strangers.put(ends, guest);
  }

  /// Its place is free at once; the socket follows.
  private void end(Guest guest, HttpRefusal why) {
    refusals.count(why);
    free(guest);
    close(guest.connection);
  }

  private static void close(StreamConnection connection) {
    connection.getIoThread().execute(() -> IoUtils.safeClose(connection));
  }

  private void free(Guest guest) {
    if (guest.counted != null) {
      places.free(guest.counted);
    }
  }

  /// Of a connection that has a session now.
  private synchronized void letGo(Ends ends) {
    Guest guest = guests.get(ends);
    if (guest != null && guest.budget != null) {
      guest.budget.lift();
    }
    forget(ends);
  }

  private synchronized void forget(Ends ends) {
    Guest stranger = strangers.remove(ends);
    Guest gone = stranger == null ? guests.remove(ends) : stranger;
    if (gone != null) {
      free(gone);
    }
  }

  private synchronized void noteRequest(Ends ends) {
    Guest stranger = strangers.remove(ends);
    if (stranger == null) {
      // Asking is enough to make it the latest.
      guests.get(ends);
    } else {
      guests.put(ends, stranger);
    }
  }

  /// Ends those that have made no request in time.
  private synchronized void sweep() {
    long now = clock.getAsLong();
    List<Ends> late = new ArrayList<>();
    for (Map.Entry<Ends, Guest> each : strangers.entrySet()) {
      if (now - each.getValue().since < firstRequestNanos) {
        break;
      }
      late.add(each.getKey());
      end(each.getValue(), HttpRefusal.SILENT);
    }
    late.forEach(strangers::remove);
  }

  /// What every request passes, so that its connection is known to be of use.
  public HttpHandler before(HttpHandler next) {
    return exchange -> {
      Ends ends = ends(exchange);
      noteRequest(ends);
      exchange.addExchangeCompleteListener(
          (over, following) -> {
            if (over.isUpgrade()) {
              letGo(ends);
            }
            following.proceed();
          });
      next.handleRequest(exchange);
    };
  }

  private static Ends ends(HttpServerExchange exchange) {
    var connection = exchange.getConnection();
    return new Ends(connection.getPeerAddress(), connection.getLocalAddress());
  }

  /// Called on the I/O thread of a request that is refused since there are too many. Over HTTP/1.1
  /// its connection ends with the answer, over HTTP/2 when it goes on. That is done here and now:
  /// the thread has no time for anything else while a flood comes in.
  ///
  /// @return whether there is somebody to answer
  boolean mayAnswer(HttpServerExchange exchange) {
    exchange.setPersistent(false);
    if (!exchange.getProtocol().equals(Protocols.HTTP_2_0)) {
      return true;
    }
    StreamConnection flooded = flooded(ends(exchange));
    IoUtils.safeClose(flooded);
    return flooded == null;
  }

  /// Null while its refusals are few.
  private synchronized @Nullable StreamConnection flooded(Ends ends) {
    Guest guest = guests.get(ends);
    return guest == null || ++guest.refused < REFUSALS ? null : guest.connection;
  }

  @Figure(name = "connections", gauge = true, value = "TCP connections now that carry no session")
  public synchronized int count() {
    return strangers.size() + guests.size();
  }
}

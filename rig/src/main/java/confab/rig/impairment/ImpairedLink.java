package confab.rig.impairment;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/// A relay between participants and an edge on this machine. What its [Impairment] says holds for
/// each direction by itself.
public abstract sealed class ImpairedLink implements AutoCloseable
    permits ImpairedTcp, ImpairedUdp {
  final InetSocketAddress edge;
  final Line toEdge;
  final Line fromEdge;

  ImpairedLink(InetSocketAddress edge, Impairment impairment) {
    this.edge = new InetSocketAddress(InetAddress.getLoopbackAddress(), edge.getPort());
    toEdge = new Line(impairment, 0);
    fromEdge = new Line(impairment, 1);
  }

  /// Where it is dialled, on the loopback address.
  public abstract int port();

  @Override
  public abstract void close();

  /// From now on, for what has not been sent yet.
  public void become(Impairment impairment) {
    toEdge.become(impairment);
    fromEdge.become(impairment);
  }

  /// As [#become], for what comes from the edge only.
  public void becomeFromEdge(Impairment impairment) {
    fromEdge.become(impairment);
  }

  /// Nothing arrives for so long, and then everything at once.
  public void stall(Duration duration) {
    toEdge.stall(duration);
    fromEdge.stall(duration);
  }
}

package confab.room;

import confab.bus.Bus;
import confab.bus.BusStats;
import confab.bus.Subject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/// A bus whose network the test breaks: messages wait until the test delivers them, lines are cut
/// between groups of edges or at one edge. One thread only.
final class SimulatedNetwork {
  private final List<Line> lines = new ArrayList<>();
  private final Queue<Runnable> underWay = new ArrayDeque<>();

  /// One edge's connection.
  final class Line implements Bus {
    private final List<Hold> holds = new ArrayList<>();

    /// Only edges of the same group hear each other.
    int group;

    private boolean connected = true;

    @Override
    public Attachment attach(Subject subject, Receiver receiver) {
      var hold = new Hold(this, subject, receiver);
      holds.add(hold);
      return hold;
    }

    void setConnected(boolean nowConnected) {
      connected = nowConnected;
    }

    @Override
    public Optional<String> fault() {
      return connected ? Optional.empty() : Optional.of("cut");
    }

    @Override
    public boolean isConnected() {
      return connected;
    }

    @Override
    public BusStats stats() {
      return new BusStats(0, 0, 0, 0, 0);
    }

    /// Nothing leaves or comes any more, as after the death of the process.
    @Override
    public void close() {
      connected = false;
      holds.clear();
    }
  }

  private final class Hold implements Bus.Attachment {
    final Line line;
    final Subject subject;
    final Bus.Receiver receiver;

    Hold(Line line, Subject subject, Bus.Receiver receiver) {
      this.line = line;
      this.subject = subject;
      this.receiver = receiver;
    }

    @Override
    public Bus.Offer publish(Bus.Channel channel, byte[] message) {
      if (!line.connected) {
        return Bus.Offer.DISCONNECTED;
      }
      for (Line other : lines) {
        if (other != line && other.connected && other.group == line.group) {
          other.holds.stream()
              .filter(hold -> hold.subject.equals(subject))
              .toList()
              .forEach(hold -> underWay.add(() -> hold.deliver(channel, message)));
        }
      }
      return Bus.Offer.ACCEPTED;
    }

    private void deliver(Bus.Channel channel, byte[] message) {
      if (line.connected && line.holds.contains(this)) {
        receiver.receive(channel, message);
      }
    }

    @Override
    public void close() {
      line.holds.remove(this);
    }
  }

  Line connect() {
    var line = new Line();
    lines.add(line);
    return line;
  }

  List<Line> lines() {
    return lines;
  }

  void deliver() {
    for (Runnable next = underWay.poll(); next != null; next = underWay.poll()) {
      next.run();
    }
  }
}

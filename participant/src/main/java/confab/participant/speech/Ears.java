package confab.participant.speech;

import confab.codec.JitterBuffer;
import confab.codec.Mixer;
import confab.codec.Pcm;
import confab.participant.Session;
import confab.participant.SessionListener;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Hears everybody in the room: give it to [Session#join], alone or with [SessionListener#andThen],
/// and take 20 ms of everybody together from [#mix] for each 20 ms that go by. A loudspeaker keeps
/// that time itself; who writes a file asks [#awaitTurn].
///
/// Frames and events come from the session, and one thread mixes; everything is guarded by `this`.
public final class Ears implements SessionListener {
  /// What was heard of one participant.
  ///
  /// @param number unsigned
  /// @param frames that arrived, each counted once
  /// @param lost that never arrived
  /// @param late that arrived after their turn
  /// @param bytes of Opus
  public record Heard(String name, long number, long frames, long lost, long late, long bytes) {}

  /// Somebody, and how much is left to play since it went.
  private static final class Voice {
    final JitterBuffer buffer = new JitterBuffer();
    String name = "?";
    long frames;
    long bytes;
    int framesLeft = Integer.MAX_VALUE;

    Heard heard(int number) {
      var stats = buffer.stats();
      return new Heard(
          name, Integer.toUnsignedLong(number), frames, stats.lost(), stats.late(), bytes);
    }
  }

  /// What has been received when somebody leaves is still played.
  private static final int FRAMES_AFTER_LEAVING = 25;

  /// More frames than any edge admits speakers; keeps a broken edge from filling the memory.
  private static final int MAX_VOICES = 1024;

  private final Map<Integer, Voice> voices = new LinkedHashMap<>();
  private final List<Heard> gone = new ArrayList<>();
  private final Mixer mixer = new Mixer();
  private int self; // guarded by this

  /// The mixing thread's.
  private final Turns turns = new Turns(Pacer::listening);

  @Override
  public synchronized void event(Event event) {
    switch (event) {
      case Event.Welcome welcome -> {
        // Numbers mean something within one session only.
        voices.forEach((number, voice) -> gone.add(voice.heard(number)));
        voices.clear();
        self = welcome.you().number();
        welcome.participants().forEach(this::introduce);
      }
      case Event.Joined(Participant who, boolean already) -> introduce(who);
      case Event.Updated(Participant who) -> introduce(who);
      case Event.Left(int number, CloseReason reason) -> {
        Voice voice = voices.get(number);
        if (voice != null) {
          voice.framesLeft = FRAMES_AFTER_LEAVING;
        }
      }
      case Event.You you -> {}
      case Event.Pong pong -> {}
      case Event.Refused refused -> {}
      case Event.Move move -> {}
      case Event.Reach reach -> {}
      case Event.GrantEnds ends -> {}
      case Event.RoomChanged changed -> {}
      case Event.Speakers speakers -> {}
      case Event.Word word -> {}
      case Event.PublisherReport report -> {}
      case Event.Unknown unknown -> {}
      case Event.Malformed malformed -> {}
    }
  }

  private void introduce(Participant who) {
    if (who.number() != self && voices.size() < MAX_VOICES) {
      voices.computeIfAbsent(who.number(), number -> new Voice()).name = who.name().value();
    }
  }

  @Override
  public synchronized void frame(Frame frame) {
    if (!voices.containsKey(frame.participant()) && voices.size() >= MAX_VOICES) {
      return;
    }
    Voice voice = voices.computeIfAbsent(frame.participant(), number -> new Voice());
    voice.frames++;
    voice.bytes += frame.payload().length;
    if (!frame.encrypted()) {
      voice.buffer.put(frame.sequence(), frame.timestamp(), frame.payload());
    }
  }

  /// Waits until the next 20 ms have gone by since the first call, which returns at once. None is
  /// ever skipped.
  ///
  /// @return which 20 ms those are: 0, 1, 2, ...
  public long awaitTurn() {
    return turns.await();
  }

  /// The next 20 ms of everybody together, [Pcm#FRAME_SAMPLES] samples of 16 bits, 48 kHz, mono:
  /// silence where nobody speaks. The caller's own.
  public synchronized short[] mix() {
    short[] frame = new short[Pcm.FRAME_SAMPLES];
    Iterator<Map.Entry<Integer, Voice>> all = voices.entrySet().iterator();
    while (all.hasNext()) {
      var each = all.next();
      Voice voice = each.getValue();
      if (voice.buffer.take(frame)) {
        mixer.add(frame);
      }
      if (voice.framesLeft != Integer.MAX_VALUE && --voice.framesLeft < 0) {
        gone.add(voice.heard(each.getKey()));
        all.remove();
      }
    }
    return mixer.take();
  }

  /// Everybody who was in the room since listening began, whether they spoke or not.
  public synchronized List<Heard> heard() {
    List<Heard> everybody = new ArrayList<>(gone);
    voices.forEach((number, voice) -> everybody.add(voice.heard(number)));
    return everybody;
  }
}

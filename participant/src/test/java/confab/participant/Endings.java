package confab.participant;

import confab.participant.Session.Ending;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hears of a link only how it ended.
final class Endings implements Link.Receiver {
  final List<Ending> heard = new CopyOnWriteArrayList<>();

  @Override
  public void onBundle(byte[] bundle) {}

  @Override
  public void onEvent(byte[] event) {}

  @Override
  public void onEnd(Ending ending) {
    heard.add(ending);
  }
}

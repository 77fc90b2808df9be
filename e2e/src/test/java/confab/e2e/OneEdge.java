package confab.e2e;

import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.edge.StartException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An edge that each test has to itself. Its ports are new each time, so that a page remembers
/// nothing of other tests.
final class OneEdge implements BeforeEachCallback, AfterEachCallback {
  private final EdgeConfig config;
  private @Nullable Edge edge;

  OneEdge() {
    this(Tool.edgeConfig());
  }

  OneEdge(EdgeConfig config) {
    this.config = config;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws StartException {
    edge = Edge.start(config);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  void close() {
    edge().close();
  }

  /// Another edge instead of this one.
  void restart(EdgeConfig config) throws StartException {
    close();
    edge = Edge.start(config);
  }

  Edge edge() {
    return Objects.requireNonNull(edge);
  }

  int httpPort() {
    return edge().httpAddress().getPort();
  }

  /// What programs are given.
  String url() {
    return "http://localhost:" + httpPort();
  }

  /// The page of somebody in the room `demo`.
  String meeting(String user) {
    return url() + "/meeting/" + user + "/demo";
  }
}

package confab.edge.guard;

import confab.protocol.address.Origins;

/// What an operator decides of the TCP ports beside their numbers. Immutable.
///
/// @param embedders origins of pages that may show ours in a frame
public record WebConfig(HttpLimits limits, Origins embedders) {
  public static final WebConfig DEFAULT = new WebConfig(HttpLimits.DEFAULT, Origins.NONE);

  public WebConfig withLimits(HttpLimits newLimits) {
    return new WebConfig(newLimits, embedders);
  }

  public WebConfig withEmbedders(Origins origins) {
    return new WebConfig(limits, origins);
  }
}

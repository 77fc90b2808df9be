package confab.rig.browser;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

/// Sends a page by another way than the edge's session API says: through a bad link, or nowhere.
public final class SessionApi {
  private SessionApi() {}

  public static void dial(Page page, int udpPort, int tcpPort) {
    page.route("**/api/v1/session?*", route -> redirect(route, udpPort, tcpPort));
  }

  private static void redirect(Route route, int udpPort, int tcpPort) {
    APIResponse answer = route.fetch();
    JsonObject body = JsonParser.parseString(answer.text()).getAsJsonObject();
    JsonObject edge = body.getAsJsonArray("edges").get(0).getAsJsonObject();
    edge.getAsJsonObject("webtransport").addProperty("url", "https://127.0.0.1:" + udpPort + "/wt");
    edge.getAsJsonObject("websocket").addProperty("url", "ws://127.0.0.1:" + tcpPort + "/ws");
    route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(body.toString()));
  }
}

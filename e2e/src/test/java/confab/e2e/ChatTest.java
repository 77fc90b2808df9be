package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import confab.frames.Rate;
import confab.rig.browser.SessionApi;
import confab.rig.browser.Tab;
import confab.rig.impairment.ImpairedUdp;
import confab.rig.impairment.Impairment;
import confab.room.RoomLimits;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Nothing that was written is lost, and nothing is read twice: Alice writes behind a link that can
/// fail, and Bob reads.
class ChatTest {
  /// Far less than thirty lines at once.
  private static final RoomLimits FEW_REQUESTS =
      RoomLimits.defaults().with(it -> it.requests = new Rate(5, 8));

  @RegisterExtension static final Person BROWSER = Person.silent();
  @RegisterExtension final OneEdge edge = new OneEdge(Tool.edgeConfig().withLimits(FEW_REQUESTS));

  private ImpairedUdp link;
  private Tab alice;
  private Tab bob;

  @BeforeEach
  void meet() throws Exception {
    link = new ImpairedUdp(edge.edge().quicAddress(), Impairment.NONE);
    alice = BROWSER.newTab();
    SessionApi.dial(alice.page(), link.port(), 1);
    alice.join(edge.meeting("alice") + "?transport=webtransport");
    bob = BROWSER.newTab().join(edge.meeting("bob"));
    alice.participant("bob").waitFor();
    alice.button("Chat").click();
    bob.button("Chat").click();
  }

  @AfterEach
  void stop() {
    link.close();
  }

  private static Locator field(Tab tab) {
    return tab.page()
        .getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Write to everybody"));
  }

  private static void write(Tab tab, String text) {
    field(tab).fill(text);
    tab.page().keyboard().press("Enter");
  }

  private static List<String> read(Tab tab) {
    return tab.page().getByRole(AriaRole.LOG).locator(".text").allInnerTexts();
  }

  private void awaitReadByBob(String... texts) {
    await().until(() -> read(bob).size() >= texts.length);
    assertThat(read(bob)).containsExactly(texts);
  }

  private Locator sending() {
    return alice.page().getByText("Sending…");
  }

  @Test
  void whatIsWrittenInAnOutageArrivesOnceAfterIt() {
    link.become(Impairment.OUTAGE);
    alice.waitForStatus("Trying again");
    write(alice, "first");
    write(alice, "second");
    await().until(() -> sending().count() == 2);
    assertThat(read(alice)).containsExactly("first", "second");
    write(bob, "meanwhile");
    assertThat(read(bob)).containsExactly("meanwhile");

    link.become(Impairment.NONE);
    awaitReadByBob("meanwhile", "first", "second");
    await().until(() -> sending().count() == 0);
    write(alice, "third");
    awaitReadByBob("meanwhile", "first", "second", "third");
    // What others wrote in it, too.
    assertThat(read(alice)).containsExactlyInAnyOrder("meanwhile", "first", "second", "third");
  }

  @Test
  void whatArrivedWithoutAnAnswerIsReadOnce() {
    link.becomeFromEdge(Impairment.OUTAGE);
    write(alice, "first");
    awaitReadByBob("first");
    alice.waitForStatus("Trying again");
    assertThat(sending().count()).isEqualTo(1);

    link.become(Impairment.NONE);
    await().until(() -> sending().count() == 0);
    write(alice, "second");
    awaitReadByBob("first", "second");
    assertThat(read(alice)).containsExactly("first", "second");
  }

  @Test
  void whatIsWrittenFasterThanTheEdgeAllowsArrivesInOrder() {
    String[] lines = IntStream.range(0, 30).mapToObj(i -> "line " + i).toArray(String[]::new);
    for (String line : lines) {
      write(alice, line);
    }
    awaitReadByBob(lines);
    await().until(() -> sending().count() == 0);
    assertThat(read(alice)).containsExactly(lines);
    assertThat(alice.status()).doesNotContain("Too many");
  }

  @Test
  void whoLeavesInAnOutageFindsWhatWasNotSentWhenRejoining() {
    link.become(Impairment.OUTAGE);
    alice.waitForStatus("Trying again");
    write(alice, "to be kept");
    await().until(() -> sending().count() == 1);
    alice.button("Leave").click();
    alice.page().getByText("1 message was not sent.").waitFor();
    link.become(Impairment.NONE);
    alice.button("Rejoin").click();
    alice.page().getByRole(AriaRole.ALERT).getByText("Not sent.").waitFor();
    alice.button("Try again").click();
    awaitReadByBob("to be kept");
    await().until(() -> alice.button("Try again").count() == 0);
  }

  @Test
  void aDraftOutlivesItsPanelAndThePage() {
    field(alice).fill("half a sen");
    alice.page().keyboard().press("Escape");
    alice.button("Chat").click();
    assertThat(field(alice).inputValue()).isEqualTo("half a sen");
    alice.page().reload();
    alice.button("Chat").click();
    assertThat(field(alice).inputValue()).isEqualTo("half a sen");
    alice.page().keyboard().press("Enter");
    awaitReadByBob("half a sen");
    assertThat(field(alice).inputValue()).isEmpty();
  }

  @Test
  void whatIsPastedIsCleanedAndNeverCutSilently() {
    write(
        alice,
        "a\tb\u2028\u202ec see (https://en.wikipedia.org/wiki/Foo_(bar)) or WWW.example.org");
    awaitReadByBob("a b\nc see (https://en.wikipedia.org/wiki/Foo_(bar)) or WWW.example.org");
    assertThat(bob.page().getByRole(AriaRole.LOG).getByRole(AriaRole.LINK).all())
        .extracting(link -> link.getAttribute("href"))
        .containsExactly("https://en.wikipedia.org/wiki/Foo_(bar)", "https://WWW.example.org");

    String most = "🦦".repeat(1000);
    write(alice, most + "🦦");
    alice.page().getByText("1 character too many").waitFor();
    assertThat(field(alice).inputValue()).isEqualTo(most + "🦦");
    write(alice, most);
    await().until(() -> read(bob).size() == 2);
    assertThat(read(bob).getLast()).isEqualTo(most);
  }

  @Test
  void whoReadsFurtherUpIsToldOfNewMessagesAndStaysThere() {
    write(alice, "line\n".repeat(100) + "end");
    Locator log = bob.page().getByRole(AriaRole.LOG);
    await().until(() -> read(bob).size() == 1);
    log.evaluate("list => list.scrollTo(0, 10)");
    write(alice, "news");
    bob.button("New messages").waitFor();
    assertThat(log.evaluate("list => list.scrollTop")).isEqualTo(10);

    bob.button("New messages").click();
    await().until(() -> bob.button("New messages").count() == 0);
    assertThat((Boolean) log.evaluate("list => list.scrollTop > 10")).isTrue();
    write(alice, "more");
    await().until(() -> read(bob).size() == 3);
    assertThat(bob.button("New messages").count()).isZero();
  }
}

package confab.e2e;

import confab.rig.browser.Tab;

/// The microphone of one tab, in a test's hands: Chromium's fake devices cannot be unplugged.
record Microphone(Tab tab) {
  private static final String SCRIPT =
      """
      (() => {
        const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        const microphone = (window.microphone = { tracks: [], there: true, asked: 0 });
        microphone.decision = Promise.resolve();
        microphone.ask = () => {
          microphone.decision = new Promise((decide) => (microphone.decide = decide));
        };
        navigator.mediaDevices.getUserMedia = async (wanted) => {
          microphone.asked++;
          await microphone.decision;
          if (!microphone.there) throw new DOMException('none', 'NotFoundError');
          const stream = await open(wanted);
          microphone.tracks.push(...stream.getTracks());
          return stream;
        };
        microphone.end = () => {
          const track = microphone.tracks.at(-1);
          track.stop();
          // As the browser says it when a device goes; a page that stops a track is not told.
          track.dispatchEvent(new Event('ended'));
        };
      })();
      """;

  /// Of a tab that has no page yet.
  static Microphone of(Tab tab) {
    tab.page().addInitScript(SCRIPT);
    return new Microphone(tab);
  }

  /// Waits until it was opened for the `count`th time.
  void awaitOpened(int count) {
    tab.page().waitForFunction("(count) => microphone.tracks.length === count", count);
  }

  /// How often the page wanted it.
  int asked() {
    return (int) tab.page().evaluate("() => microphone.asked");
  }

  /// From now on the browser asks the person, who takes until [#allow] to decide.
  void letBrowserAsk() {
    tab.page().evaluate("() => microphone.ask()");
  }

  void allow() {
    tab.page().evaluate("() => microphone.decide()");
  }

  boolean isClosed() {
    return (boolean)
        tab.page().evaluate("() => microphone.tracks.every((t) => t.readyState === 'ended')");
  }

  /// While it is open.
  ///
  /// @param another whether there is another one
  void unplug(boolean another) {
    tab.page().evaluate("(there) => { microphone.there = there; microphone.end(); }", another);
  }

  void plugIn() {
    tab.page().evaluate("() => { microphone.there = true; }");
  }
}

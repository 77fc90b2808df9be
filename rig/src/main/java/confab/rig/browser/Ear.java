package confab.rig.browser;

/// Hears what a page plays, by standing before its loudspeaker: scripts for any browser.
public final class Ear {
  /// To be run before the page's own scripts.
  public static final String SCRIPT =
      """
      (() => {
        const connect = AudioNode.prototype.connect;
        const heard = (window.heard = { rate: 0, chunks: [] });
        AudioNode.prototype.connect = function (to, ...rest) {
          if (to instanceof AudioDestinationNode) {
            const ear = this.context.createScriptProcessor(4096, 2, 1);
            heard.rate = this.context.sampleRate;
            ear.onaudioprocess = (e) => heard.chunks.push(e.inputBuffer.getChannelData(0).slice());
            connect.call(this, ear);
            connect.call(ear, to);
          }
          return connect.call(this, to, ...rest);
        };
      })();
      """;

  /// Takes it: base64 of 16-bit little-endian samples.
  public static final String HEARD =
      """
      () => {
        const all = window.heard.chunks.splice(0);
        const bytes = new Uint8Array(2 * all.reduce((n, c) => n + c.length, 0));
        const view = new DataView(bytes.buffer);
        let at = 0;
        for (const chunk of all)
          for (const x of chunk) {
            view.setInt16(at, Math.max(-32768, Math.min(32767, Math.round(x * 32767))), true);
            at += 2;
          }
        let text = '';
        for (let i = 0; i < bytes.length; i += 32768)
          text += String.fromCharCode(...bytes.subarray(i, i + 32768));
        return btoa(text);
      }
      """;

  /// Whether there are so many seconds of it.
  public static final String HEARD_FOR =
      "(s) => heard.chunks.reduce((n, c) => n + c.length, 0) / (heard.rate || 1) >= s";

  private Ear() {}
}

// Listens at both ends of a call, whatever carries it: at the microphone on a copy of the track, and
// before the loudspeaker on all that is connected to it. Runs before the page's own scripts.
(() => {
  const instruments = (window.instruments = {
    mouth: [],
    ear: [],
    pressed: 0,
    figures: null,
    now: () => performance.timeOrigin + performance.now(),
    take,
  });

  // No processing that would take clicks for noise; the same for whoever is measured.
  const open = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
  if (open) {
    navigator.mediaDevices.getUserMedia = async () => {
      const stream = await open({
        audio: { echoCancellation: true, noiseSuppression: false, autoGainControl: false, channelCount: 1 },
      });
      tap(stream.getAudioTracks()[0].clone());
      return stream;
    };
  }

  let tapped;
  async function tap(track) {
    tapped?.stop();
    tapped = track;
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const samples = new Float32Array(value.numberOfFrames);
      value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      const rate = value.sampleRate;
      instruments.mouth.push({ at: instruments.now() - (samples.length / rate) * 1000, rate, samples });
      value.close();
    }
  }

  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode) ear(this.context).then((node) => connect.call(this, node));
    return connect.call(this, to, ...rest);
  };

  const ears = new WeakMap();
  function ear(context) {
    if (!ears.has(context)) ears.set(context, makeEar(context));
    return ears.get(context);
  }

  const EAR = `
    registerProcessor('instruments-ear', class extends AudioWorkletProcessor {
      #samples = new Float32Array(2048);
      #filled = 0;
      #frame = 0;

      process([input]) {
        if (this.#filled === 0) this.#frame = currentFrame;
        if (input[0]) this.#samples.set(input[0], this.#filled);
        this.#filled += 128;
        if (this.#filled === 2048) {
          this.port.postMessage({ frame: this.#frame, samples: this.#samples }, [this.#samples.buffer]);
          this.#samples = new Float32Array(2048);
          this.#filled = 0;
        }
        return true;
      }
    });
  `;

  async function makeEar(context) {
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([EAR], { type: 'text/javascript' })));
    const node = new AudioWorkletNode(context, 'instruments-ear');
    node.port.onmessage = ({ data: { frame, samples } }) => {
      const { contextTime, performanceTime } = context.getOutputTimestamp();
      const rate = context.sampleRate;
      const at = performance.timeOrigin + performanceTime + (frame / rate - contextTime) * 1000;
      instruments.ear.push({ at, rate, samples });
    };
    // Silent: what has no way to the loudspeaker is not run.
    connect.call(node, context.destination);
    return node;
  }

  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (data?.kind === 'figures') instruments.figures = data.figures;
      });
    }
  };

  /** Chunks since the last time: when each began (ms since 1970), its samples, and all as 16 bits in base64. */
  function take(which) {
    const chunks = instruments[which].splice(0);
    const bytes = new Uint8Array(2 * chunks.reduce((sum, { samples }) => sum + samples.length, 0));
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (const { samples } of chunks) {
      for (const sample of samples) {
        view.setInt16(at, Math.max(-32768, Math.min(32767, Math.round(sample * 32767))), true);
        at += 2;
      }
    }
    let text = '';
    for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return {
      rate: chunks[0]?.rate ?? 48000,
      at: chunks.map((chunk) => chunk.at),
      length: chunks.map((chunk) => chunk.samples.length),
      samples: btoa(text),
    };
  }
})();

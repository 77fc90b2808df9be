// A call of one who speaks and one who listens, as plain as WebRTC has it.
const peers = [];
const channel = new BroadcastChannel('signalling');
let microphone;
let context;

window.webrtc = {
  /** Opens the microphone and answers whoever of this browser joins. */
  async speak() {
    microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
    channel.onmessage = async ({ data }) => {
      if (data.offer) channel.postMessage({ answer: await webrtc.answer(data.offer) });
    };
  },

  /** Joins who speaks in another tab, with a microphone of its own that is muted. */
  async join() {
    instruments.pressed = instruments.now();
    const offer = await webrtc.offer(true);
    const answer = new Promise((resolve) => {
      channel.onmessage = ({ data }) => data.answer && resolve(data.answer);
    });
    channel.postMessage({ offer });
    await webrtc.accept(await answer);
  },

  /** Without candidates: the answer's are enough. */
  async offer(withMicrophone) {
    const peer = new RTCPeerConnection();
    peers.push(peer);
    peer.ontrack = ({ track }) => play(track);
    if (withMicrophone) {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      for (const track of stream.getTracks()) {
        track.enabled = false;
        peer.addTrack(track, stream);
      }
    } else {
      peer.addTransceiver('audio', { direction: 'recvonly' });
    }
    await peer.setLocalDescription();
    return peer.localDescription.sdp;
  },

  async answer(sdp) {
    const peer = new RTCPeerConnection();
    peers.push(peer);
    for (const track of microphone.getTracks()) peer.addTrack(track, microphone);
    await peer.setRemoteDescription({ type: 'offer', sdp });
    const reachable = new Promise((resolve) => {
      peer.onicecandidate = ({ candidate }) => {
        if (!candidate || candidate.address === '127.0.0.1') resolve();
      };
    });
    await peer.setLocalDescription();
    await reachable;
    return peer.localDescription.sdp;
  },

  /** The answer to the latest offer. */
  accept: (sdp) => peers.at(-1).setRemoteDescription({ type: 'answer', sdp }),

  connected: () => peers.length > 0 && peers.every((peer) => peer.connectionState === 'connected'),

  /** Of all that was played, and what of it was made up, in samples. */
  async concealment() {
    const reports = (await Promise.all(peers.map((peer) => peer.getStats()))).flatMap((all) => [...all.values()]);
    const inbound = reports.filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
    const sum = (key) => inbound.reduce((total, report) => total + (report[key] ?? 0), 0);
    return { played: sum('totalSamplesReceived'), concealed: sum('concealedSamples') };
  },
};

function play(track) {
  const stream = new MediaStream([track]);
  // Chromium decodes nothing that no element plays.
  const element = new Audio();
  element.srcObject = stream;
  element.muted = true;
  element.play();
  context ??= new AudioContext({ sampleRate: 48_000, latencyHint: 0 });
  context.createMediaStreamSource(stream).connect(context.destination);
}

import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

/** The edge whose page `npm run dev` serves. */
const { CONFAB_EDGE: target = 'http://127.0.0.1:8080' } = loadEnv('development', '.', 'CONFAB_');

/**
 * The edge behind the dev server. The host stays the one that the browser asked for: so the edge names the
 * dev server as the way to its WebSocket, takes the page's origin for its own, and names its own UDP port,
 * with the hash of its certificate, for WebTransport, which no proxy carries.
 */
const proxy = {
  '/api/': { target, changeOrigin: false },
  '/ws': { target, changeOrigin: false, ws: true },
};

/** As SecurityHeaders.java has them: without the first two there is no shared memory for the sound. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export default defineConfig({
  // Relative to the page's <base>, which the edge sets (Pages.java).
  base: './',
  server: { proxy, headers },
  preview: { proxy, headers },
  // What only the worker imports would be found when it starts, and the page loaded again in mid-join.
  optimizeDeps: { include: ['@bufbuild/protobuf', '@bufbuild/protobuf/codegenv2', 'libopus-wasm'] },
  build: {
    target: 'es2022',
    // The content security policy allows no data: scripts or styles, so every asset stays a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // Module workers may load the decoder as a chunk of its own; the classic format would inline it.
  worker: {
    format: 'es',
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'libopus', test: /libopus-wasm/ }] } },
    },
  },
  // The limit only tells slow from hung, as confab.rig.Patience does for the tests in Java.
  test: { include: ['src/**/*.test.ts'], environment: 'node', testTimeout: 120_000, hookTimeout: 120_000 },
});

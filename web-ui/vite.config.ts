import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: '/',
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

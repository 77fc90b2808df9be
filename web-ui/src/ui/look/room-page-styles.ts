import { css } from 'lit';

export const roomPageStyles = css`
  main { display: grid; min-height: 100dvh; max-width: 84rem; margin: 0 auto; padding: 0 var(--space-5); }
  .quiet { position: relative; grid-template-rows: auto 1fr auto; padding-top: var(--space-5); }
  .quiet > * { position: relative; }
  .quiet::before { left: 50%; top: 50%; transform: translate(-50%, -50%); }
  .quiet .wordmark { justify-self: start; }
  .middle { display: grid; align-content: center; padding: var(--space-5) 0; }
  .quiet .status { min-height: var(--space-7); display: grid; justify-items: center; align-content: start; }

  .ended {
    display: grid; gap: var(--space-4); width: min(30rem, 100%); margin: 0 auto; padding: var(--space-6);
  }
  .ended h1 { font-size: var(--text-xl); overflow-wrap: anywhere; }
  .ended p { color: var(--ink-soft); overflow-wrap: anywhere; }
  .ended div { display: flex; flex-wrap: wrap; gap: var(--space-3); }

  .room { grid-template-rows: auto 1fr auto; grid-template-columns: minmax(0, 1fr); }
  .room header, .room control-bar { grid-column: 1; }
  .figures {
    display: inline-flex; align-items: center; gap: var(--space-2); min-height: 2.25rem;
    padding: 0 var(--space-3);
    border: 1px solid var(--line); border-radius: var(--radius-pill); background: var(--surface);
    cursor: pointer;
    font-size: var(--text-s); font-variant-numeric: tabular-nums; color: var(--ink-soft); white-space: nowrap;
  }
  .figures svg { width: 1rem; height: 1rem; }
  .figures:hover { border-color: var(--ink-soft); }
  aside {
    position: fixed; z-index: 5; inset: 0 0 0 auto; width: min(22rem, 100%); display: grid; min-height: 0;
    border-left: 1px solid var(--line); background: var(--surface); box-shadow: var(--shadow);
    animation: slide var(--calm) var(--ease);
  }
  @keyframes slide { from { transform: translateX(1.5rem); opacity: 0; } }
  @media (min-width: 64rem) {
    .beside { padding-right: calc(22rem + var(--space-5)); max-width: none; }
    aside { box-shadow: none; }
  }
  header {
    display: grid; grid-template-columns: auto 1fr auto auto; align-items: center;
    gap: var(--space-2) var(--space-4);
    padding: var(--space-4) 0; border-bottom: 1px solid var(--line);
  }
  .title {
    display: flex; align-items: baseline; gap: var(--space-3); min-width: 0; padding-left: var(--space-4);
    border-left: 1px solid var(--line);
  }
  .title h1 { font-size: var(--text-l); overflow-wrap: anywhere; }
  .count { color: var(--ink-soft); font-size: var(--text-s); white-space: nowrap; }

  .connection {
    display: inline-flex; align-items: baseline; gap: var(--space-2); font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .dot { width: 0.55rem; height: 0.55rem; border-radius: 50%; background: var(--glow); flex: none; }
  .connected .dot { background: var(--accent); }
  .waiting { color: var(--danger); font-weight: 600; }
  .waiting .dot, .suspect .dot { background: var(--danger); }
  .connecting .dot, .waiting .dot, .suspect .dot { animation: breathe 1.2s ease-in-out infinite alternate; }
  @keyframes breathe { to { opacity: 0.25; } }
  @media (prefers-reduced-motion: reduce) { .dot { animation: none !important; } }

  .notices {
    position: fixed; left: 0; right: 0; bottom: 6.5rem; z-index: 4;
    display: grid; justify-items: center; gap: var(--space-2);
    padding: 0 var(--space-4); pointer-events: none;
  }
  .notices li {
    padding: var(--space-2) var(--space-4); border-radius: var(--radius-pill);
    background: var(--ink); color: var(--paper);
    font-size: var(--text-s); font-weight: 600; overflow-wrap: anywhere; box-shadow: var(--shadow);
    animation: rise var(--calm) var(--ease);
  }
  @media (min-width: 75rem) { .notices { right: auto; bottom: var(--space-5); justify-items: start; } }
  @keyframes rise { from { opacity: 0; transform: translateY(0.5rem); } }

  .stage { display: grid; align-content: center; gap: var(--space-4); padding: var(--space-5) 0; }
  .tiles {
    display: flex; flex-wrap: wrap; justify-content: center; gap: var(--space-4); width: 100%; margin: 0 auto;
    max-width: calc(var(--columns) * 18rem);
  }
  .tiles li { flex: 0 1 17rem; min-width: 12rem; }
  .alone { text-align: center; color: var(--ink-soft); }
  .stage .note.bad, .note.sound { justify-self: center; align-items: center; }

  @media (max-width: 48rem) {
    main { padding-left: var(--space-4); padding-right: var(--space-4); }
    header { grid-template-columns: auto 1fr auto; }
    header .wordmark span { display: none; }
    header .status { grid-column: 1 / -1; grid-row: 2; }
    .stage { align-content: start; }
  }
  @media (max-width: 30rem) {
    .tiles { display: grid; grid-template-columns: 1fr 1fr; gap: var(--space-3); max-width: none; }
    .tiles:has(li:only-child) { grid-template-columns: minmax(0, 14rem); }
    .title h1 { font-size: var(--text-m); }
    .tiles li { min-width: 0; }
    .title { display: grid; gap: 0; }
  }
`;

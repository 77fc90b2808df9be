import { css } from 'lit';

/**
 * One plan of the screen: header, stage and controls below each other, a panel beside the stage or, on a
 * narrow screen, in its place. What is told for a moment has a line of its own above the controls.
 */
export const callScreenStyles = css`
  main {
    display: grid; height: 100dvh; overflow: hidden;
    grid-template: 'header header' auto 'stage side' minmax(0, 1fr) 'told told' auto 'bar bar' auto /
      minmax(0, 1fr) auto;
  }
  header {
    grid-area: header; display: flex; align-items: center; gap: var(--space-3);
    padding: var(--space-3) var(--space-4) 0;
  }
  control-bar { grid-area: bar; }
  .stage {
    grid-area: stage; display: flex; flex-direction: column; min-height: 0;
    padding: var(--space-3) var(--space-4) 0;
  }
  aside {
    grid-area: side; display: grid; width: 22rem; min-height: 0; margin: var(--space-3) var(--space-4) 0 0;
    border: 1px solid var(--line); border-radius: var(--radius-l); overflow: hidden;
    background: var(--surface); animation: slide var(--calm) var(--ease);
  }
  @keyframes slide { from { transform: translateX(1.5rem); opacity: 0; } }

  .mark svg { color: var(--accent); }
  .title { flex: 1; min-width: 0; }
  .title > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  h1 { font-size: var(--text-l); line-height: 1.25; }
  h1:focus { outline: none; }
  .room { color: var(--ink-soft); font-size: var(--text-s); line-height: 1.3; }
  .quality {
    display: inline-flex; align-items: center; gap: var(--space-2); min-height: 2.5rem;
    padding: 0 var(--space-4);
    border: 1px solid var(--line); border-radius: var(--radius-pill); background: var(--surface);
    cursor: pointer; font-size: var(--text-s); color: var(--ink-soft); white-space: nowrap;
  }
  .quality:hover { border-color: var(--ink-soft); }
  .quality svg { width: 1.15rem; height: 1.15rem; color: var(--accent); }
  .quality.fair svg { color: var(--glow); }
  .fair svg > :nth-child(3), .weak svg > :nth-child(n + 2), .lost svg > * { opacity: 0.25; }
  .weak, .lost, .quality.weak svg, .quality.lost svg { color: var(--danger); font-weight: 600; }
  .quality.lost svg { animation: breathe 1.2s ease-in-out infinite alternate; }
  @keyframes breathe { to { opacity: 0.25; } }
  @media (prefers-reduced-motion: reduce) { .quality svg { animation: none !important; } }

  .banners { display: grid; justify-items: center; gap: var(--space-2); }
  .banners:not(:empty) { padding-bottom: var(--space-3); }
  .banners .note { align-items: center; }
  people-stage { flex: 1; }
  .invitation {
    display: grid; justify-items: center; gap: var(--space-3); padding-top: var(--space-3);
    text-align: center; color: var(--ink-soft);
  }
  .invitation code { overflow-wrap: anywhere; font-size: var(--text-s); }

  .status { grid-area: told; min-width: 0; height: 2.5rem; }
  .connection { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .notices {
    display: flex; justify-content: center; align-items: center; gap: var(--space-2); height: 100%;
    padding: 0 var(--space-4);
  }
  .notices li {
    min-width: 0; max-width: 34rem;
    padding: 0.2rem var(--space-4); border-radius: var(--radius-pill); overflow: hidden;
    background: var(--ink); color: var(--paper); text-overflow: ellipsis; white-space: nowrap;
    font-size: var(--text-s); font-weight: 600; animation: rise var(--calm) var(--ease);
  }
  @keyframes rise { from { opacity: 0; transform: translateY(0.5rem); } }

  /* The panel takes the place of the stage; the people are a tap away, and the controls stay. */
  @media (max-width: 52rem) {
    aside { grid-area: stage; width: auto; margin: var(--space-2) var(--space-2) 0; z-index: 1; }
    .beside .stage { visibility: hidden; }
    header { padding: var(--space-2) var(--space-3) 0; gap: var(--space-2); }
    h1 { font-size: var(--text-m); }
    .stage { padding: var(--space-2) var(--space-3) 0; }
  }
  /* In a low window what has just happened is told beside it, and words of every language have no room. */
  @media (max-width: 40rem), (max-height: 32rem) {
    .quality { padding: 0 var(--space-3); }
    .quality span { display: none; }
  }
  @media (max-width: 52rem), (max-height: 32rem) {
    .notices li:not(:last-child) { display: none; }
  }
  @media (max-height: 32rem) {
    /* Between who is here and how the connection is. */
    .status {
      grid-area: header; z-index: 1; justify-self: end; width: 40%; height: auto; margin-right: 9rem;
    }
    .room { display: none; }
    header { padding-block: var(--space-1) 0; }
    .title { display: flex; align-items: baseline; gap: var(--space-3); }
    h1 { font-size: var(--text-m); flex: none; max-width: 45%; }
    .stage { padding-top: var(--space-1); }
    .invitation {
      grid-auto-flow: column; justify-content: center; align-items: center; padding-top: var(--space-1);
    }
    .invitation code { display: none; }
    aside { margin-top: var(--space-1); }
  }
`;

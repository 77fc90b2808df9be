import { css } from 'lit';

/** Words stand under the icons where there is room; on narrow screens the seldom needed is behind "More". */
export const controlBarStyles = css`
  :host { padding: var(--space-2) var(--space-3) max(var(--space-3), env(safe-area-inset-bottom)); }
  .bar {
    display: flex; justify-content: center; align-items: stretch; gap: var(--space-1);
    width: fit-content; max-width: 100%; margin: 0 auto; padding: var(--space-1);
    border: 1px solid var(--line); border-radius: var(--radius-l); background: var(--surface);
    box-shadow: var(--shadow);
  }
  .bar button {
    position: relative; display: grid; justify-items: center; align-content: center; gap: 0.2rem;
    min-width: 4.75rem; min-height: 3.5rem; padding: var(--space-1) var(--space-2); border: 0;
    border-radius: calc(var(--radius-l) - var(--space-1));
    background: none; cursor: pointer; transition: background var(--quick), color var(--quick);
  }
  .bar button svg { width: 1.5rem; height: 1.5rem; }
  .word { font-size: 0.75rem; font-weight: 600; line-height: 1.1; text-align: center; }
  .bar button:hover, .bar [aria-expanded='true'] { background: var(--sunken); }
  .bar .on, .bar .on:hover { background: var(--warn-soft); color: var(--glow-text); }
  .bar .off, .bar .off:hover { background: var(--danger-soft); color: var(--danger); }
  .bar .leave { background: var(--danger); color: var(--surface); }
  .bar .leave:hover { background: color-mix(in srgb, var(--danger) 85%, var(--ink)); }
  .rule { width: 1px; margin: var(--space-2) var(--space-1); background: var(--line); }
  .badge {
    position: absolute; top: 0.2rem; left: calc(50% + 0.35rem); min-width: 1.15rem; padding: 0 0.3rem;
    border-radius: var(--radius-pill); background: var(--danger); color: var(--surface);
    font-size: 0.7rem; font-weight: 600; line-height: 1.15rem; text-align: center;
  }
  .badge::before { content: attr(data-count); }
  .people .badge { background: var(--ink-soft); }
  .narrow { display: none !important; }

  [popover] {
    inset: auto 0 calc(var(--bar, 5rem) + var(--space-2)) 0; margin: 0 auto; padding: var(--space-1);
    border: 1px solid var(--line); border-radius: var(--radius-l); background: var(--surface);
    color: var(--ink); box-shadow: var(--shadow);
  }
  .reactions:popover-open { display: flex; gap: var(--space-1); width: fit-content; }
  .faces { display: none; justify-content: space-between; padding: var(--space-1) var(--space-2); }
  .face {
    width: 2.75rem; height: 2.75rem; border: 0; border-radius: 50%; background: none; font-size: 1.4rem;
    cursor: pointer; transition: transform var(--quick) var(--ease), background var(--quick);
  }
  .face:hover { background: var(--sunken); transform: scale(1.12); }
  .more:popover-open { display: grid; width: min(20rem, calc(100vw - 2rem)); }
  .item {
    display: flex; align-items: center; gap: var(--space-3); min-height: 3rem; padding: 0 var(--space-4);
    border: 0; border-radius: calc(var(--radius-l) - var(--space-1)); background: none; cursor: pointer;
    text-align: start;
  }
  .item:hover { background: var(--sunken); }

  @media (max-width: 52rem) {
    .wide, .share, .settings, .rule { display: none !important; }
    .narrow { display: grid !important; }
    .bar { width: 100%; max-width: 34rem; gap: 0; }
    .bar button { flex: 1; min-width: 0; padding-inline: 0; }
  }
  @media (max-width: 30rem) {
    .react { display: none !important; }
    .faces { display: flex; }
    .word { font-size: 0.625rem; font-weight: 500; }
  }
  /* A phone on its side, and a page that is zoomed in: the people need the height. */
  @media (max-height: 32rem) {
    :host { padding-block: var(--space-1) max(var(--space-1), env(safe-area-inset-bottom)); }
    .word { display: none; }
    .bar button { min-height: 2.75rem; min-width: 3.25rem; }
  }
`;

import { css } from 'lit';

/** What every element's shadow begins with, and the controls that several of them use. */
export const sharedStyles = css`
  *, *::before, *::after { box-sizing: border-box; }
  :host { display: block; }
  h1, h2, h3, p, ul, dl, dd { margin: 0; padding: 0; }
  ul { list-style: none; }
  h1, h2 { font-family: var(--font-display); font-weight: 600; line-height: 1.15; text-wrap: balance; }
  a { color: var(--accent); text-underline-offset: 0.2em; }
  svg { display: block; flex: none; }
  /* Only read out. */
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }

  button, input, select, textarea { font: inherit; color: inherit; }
  .button {
    display: inline-flex; align-items: center; justify-content: center; gap: var(--space-2);
    min-height: 2.75rem; padding: 0 var(--space-5);
    border: 1px solid var(--line); border-radius: var(--radius-pill);
    background: var(--surface); font-weight: 600; cursor: pointer; white-space: nowrap; text-decoration: none;
    color: var(--ink);
    transition: background var(--quick), border-color var(--quick), transform var(--quick) var(--ease);
  }
  .button:hover { border-color: var(--ink-soft); }
  .button:active { transform: translateY(1px); }
  .button:disabled { opacity: 0.55; cursor: default; }
  .button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
  .button.primary:hover { background: var(--accent-strong); border-color: var(--accent-strong); }
  .link-button {
    border: 0; padding: var(--space-1); background: none; color: var(--ink-soft); cursor: pointer;
    font-size: var(--text-s); text-decoration: underline; text-underline-offset: 0.2em;
  }

  .field { display: grid; gap: var(--space-1); }
  .field label { font-size: var(--text-s); font-weight: 600; color: var(--ink-soft); }
  .input {
    width: 100%; min-width: 0; min-height: 2.75rem; padding-inline: var(--space-4);
    border: 1px solid var(--line); border-radius: var(--radius-m); background: var(--paper);
    transition: border-color var(--quick);
  }
  .input:hover { border-color: var(--ink-soft); }
  .input:read-only { border-color: transparent; color: var(--ink-soft); }
  .input::placeholder { color: var(--ink-soft); opacity: 0.7; }

  .card {
    padding: var(--space-5); border: 1px solid var(--line); border-radius: var(--radius-l);
    background: var(--surface); box-shadow: var(--shadow);
  }
  .note {
    display: flex; align-items: flex-start; gap: var(--space-2);
    font-size: var(--text-s); color: var(--ink-soft); overflow-wrap: anywhere;
  }
  .note.bad {
    padding: var(--space-3); border-radius: var(--radius-m);
    background: var(--danger-soft); color: var(--danger); font-weight: 600;
  }
  /* Sound going out from a point; each page says where the point is. */
  .rings { overflow: hidden; }
  .rings::before {
    content: ''; position: absolute; width: 80rem; height: 80rem; max-width: none; pointer-events: none;
    background: repeating-radial-gradient(circle, transparent 0 3.9rem, var(--line) 3.95rem 4rem);
    mask-image: radial-gradient(circle, #000 10%, transparent 62%);
  }
  .wordmark {
    display: inline-flex; align-items: center; gap: var(--space-2);
    font-family: var(--font-display); font-weight: 600; font-size: var(--text-l);
    color: var(--ink); text-decoration: none;
  }
  .wordmark svg { color: var(--accent); }
`;

/** A panel beside the room: a heading, a body that scrolls, and perhaps a foot. */
export const panelStyles = css`
  :host { display: grid; grid-template-rows: auto 1fr auto; min-height: 0; background: var(--surface); }
  header {
    display: flex; align-items: center; justify-content: space-between;
    padding: var(--space-3) var(--space-4);
    border-bottom: 1px solid var(--line);
  }
  h2 { font-size: var(--text-l); }
  h2:focus { outline: none; }
  .round {
    display: grid; place-items: center; width: 2.5rem; height: 2.5rem; border: 0; border-radius: 50%;
    background: none; color: var(--ink-soft); cursor: pointer;
  }
  .round:hover { background: var(--sunken); color: var(--ink); }
  .body {
    display: grid; gap: var(--space-4); align-content: start; padding: var(--space-4); overflow-y: auto;
  }
  footer { padding: var(--space-3) var(--space-4); border-top: 1px solid var(--line); }
`;

import { css } from 'lit';

/** A tile takes the size that the stage gives it, and what is in it follows (`cqmin`). */
export const participantTileStyles = css`
  :host { height: 100%; container-type: size; }
  .tile {
    position: relative; display: grid; place-items: center; height: 100%; overflow: hidden;
    padding-bottom: 1.75rem;
    border: 1px solid var(--line); border-radius: var(--radius-l);
    background: color-mix(in srgb, var(--colour) 9%, var(--surface));
    transition: border-color var(--calm), box-shadow var(--calm), opacity var(--calm);
  }
  :host([active]) .tile { border-color: var(--glow); }
  .tile.speaking { border-color: var(--glow); box-shadow: inset 0 0 0 3px var(--glow); }
  .avatar {
    position: relative; display: grid; place-items: center;
    width: clamp(2.75rem, 42cqmin, 15rem); aspect-ratio: 1;
  }
  .avatar > * { grid-area: 1 / 1; }
  .ripple {
    width: 100%; height: 100%; border-radius: 50%; background: var(--glow);
    opacity: calc(var(--loudness) * 0.35); transform: scale(calc(1 + var(--loudness) * 0.38));
    transition: transform var(--quick) linear, opacity var(--quick) linear;
  }
  .ripple.inner {
    opacity: calc(var(--loudness) * 0.5); transform: scale(calc(1 + var(--loudness) * 0.18));
  }
  .face {
    display: grid; place-items: center; width: 100%; height: 100%; border-radius: 50%; z-index: 1;
    background: var(--colour); color: var(--on-avatar);
    font: 600 clamp(1rem, 15cqmin, 5.25rem)/1 var(--font-display);
  }
  .muted .face { filter: saturate(0.6); }
  .deafened .face { filter: saturate(0.35); opacity: 0.8; }
  .away .avatar { opacity: 0.45; filter: saturate(0.2); }
  .away .name { color: var(--ink-soft); }

  .plate {
    position: absolute; inset: auto var(--space-2) var(--space-2); display: flex; align-items: center;
    justify-content: center; gap: var(--space-2); line-height: 1.3;
  }
  .name {
    min-width: 0; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
  }
  .own { color: var(--ink-soft); font-size: var(--text-s); white-space: nowrap; }
  .mark {
    position: relative; display: grid; place-items: center; flex: none; height: 1.625rem; min-width: 1.625rem;
    border-radius: var(--radius-pill); background: var(--sunken); color: var(--ink-soft);
    font-size: var(--text-s); white-space: nowrap;
  }
  .mark:not(.off, .voice, .alike, .verified) { padding: 0 var(--space-2); }
  .mark svg { width: 1rem; height: 1rem; }
  .mark.off { background: var(--danger-soft); color: var(--danger); }
  .mark.verified { background: none; color: var(--accent); }
  .mark.alike { background: var(--warn-soft); color: var(--glow-text); }
  .mark.voice { background: var(--glow); color: var(--on-glow); }

  .menu {
    position: absolute; top: var(--space-2); right: var(--space-2); display: grid; place-items: center;
    width: 2.5rem; height: 2.5rem; border: 0; border-radius: 50%;
    background: none; color: var(--ink-soft); cursor: pointer;
  }
  .menu:hover { background: var(--sunken); color: var(--ink); }
  .menu svg { width: 1.1rem; height: 1.1rem; }
  .hand {
    position: absolute; top: var(--space-2); left: var(--space-2); display: inline-flex; align-items: center;
    gap: var(--space-1); height: 2.25rem; padding: 0 var(--space-3) 0 var(--space-2);
    border-radius: var(--radius-pill); background: var(--warn-soft); color: var(--glow-text);
    font-weight: 700; font-size: var(--text-s);
  }
  .hand svg { width: 1.1rem; height: 1.1rem; }
  .reaction {
    z-index: 2; place-self: end; margin: 0 -12% -8% 0; line-height: 1;
    font-size: clamp(1.5rem, 17cqmin, 4rem); animation: pop var(--calm) var(--ease);
  }
  @keyframes pop { from { transform: scale(0); } 70% { transform: scale(1.2); } }
  @media (prefers-reduced-motion: reduce) { .reaction { animation: none; } }
  @container (max-width: 11rem) {
    .own { display: none; }
    .plate { font-size: 0.875rem; }
  }
`;

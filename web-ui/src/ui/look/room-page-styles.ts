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
  .ended:focus { outline: none; }
  .ended h1 { font-size: var(--text-xl); overflow-wrap: anywhere; }
  .ended p { color: var(--ink-soft); overflow-wrap: anywhere; }
  .ended div { display: flex; flex-wrap: wrap; gap: var(--space-3); }

  .connection { display: flex; align-items: baseline; gap: var(--space-2); color: var(--ink-soft); }
  .notices { display: grid; justify-items: center; gap: var(--space-2); }
  .notices li { font-size: var(--text-s); font-weight: 600; overflow-wrap: anywhere; }

  @media (max-width: 48rem) {
    main { padding-left: var(--space-4); padding-right: var(--space-4); }
  }
`;

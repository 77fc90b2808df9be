import { css, html, type TemplateResult } from 'lit';
import type { SessionState } from '../../client';
import { panelStyles, sharedStyles } from '../look/shared-styles';
import { MOMENTS, type Moment } from '../room-view';
import { strings, transportNames } from '../strings';
import { PanelElement } from './panel';
import { sparkline } from './sparkline';
import '../copy-button';

interface Chart {
  readonly name: string;
  readonly of: (moment: Moment) => number | null;
  readonly text: (value: number) => string;
  readonly ceiling: number;
}

const CHARTS: readonly Chart[] = [
  { name: strings.detailNames.roundTrip, of: (m) => m.roundTrip, text: strings.milliseconds, ceiling: 100 },
  {
    name: strings.detailNames.jitter,
    of: (m) => m.figures.jitterMs,
    text: strings.milliseconds,
    ceiling: 40,
  },
  { name: strings.detailNames.loss, of: (m) => m.figures.lossPercent, text: strings.percent, ceiling: 5 },
  { name: strings.detailNames.delay, of: (m) => m.figures.delayMs, text: strings.milliseconds, ceiling: 100 },
  {
    name: strings.detailNames.concealed,
    of: (m) => m.figures.concealedPercent,
    text: strings.percent,
    ceiling: 5,
  },
  {
    name: strings.detailNames.bitrateIn,
    of: (m) => m.figures.kilobitsIn,
    text: strings.kilobits,
    ceiling: 100,
  },
  {
    name: strings.detailNames.bitrateOut,
    of: (m) => m.figures.kilobitsOut,
    text: strings.kilobits,
    ceiling: 60,
  },
];

/** How the call goes, with a minute of history. Fires `copied` and `close`. */
export class ConnectionPanel extends PanelElement {
  static override properties = { state: { attribute: false }, moments: { attribute: false } };
  declare state: SessionState | null;
  declare moments: readonly Moment[];

  static override styles = [
    sharedStyles,
    panelStyles,
    css`
    dl { display: grid; gap: var(--space-2); font-size: var(--text-s); }
    dl { grid-template-columns: minmax(0, 1fr); }
    .row { display: flex; justify-content: space-between; gap: var(--space-3); }
    dt { color: var(--ink-soft); }
    dd { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    .charts .row { align-items: center; min-height: 2rem; }
    .charts dt { min-width: 0; overflow-wrap: anywhere; }
    .charts dd { flex: none; display: flex; align-items: center; gap: var(--space-3); }
    .charts svg { color: var(--accent); }
    .charts b { min-width: 4.5rem; font-weight: 600; }
  `,
  ];

  constructor() {
    super();
    this.state = null;
    this.moments = [];
  }

  override render(): TemplateResult {
    return html`
      ${this.header(strings.connection)}
      <div class="body" tabindex="0" role="region" aria-label=${strings.details}>
        <dl>${this.#about().map(row)}</dl>
        <dl class="charts" title=${strings.lastMinute}>${CHARTS.map((chart) => this.#chart(chart))}</dl>
        <dl>${this.#counts().map(row)}</dl>
      </div>
      <footer>
        <copy-button .text=${() => this.#diagnostics()} .label=${strings.copyDiagnostics}
          @copied=${() => this.dispatchEvent(new CustomEvent('copied'))}></copy-button>
      </footer>`;
  }

  #chart({ name, of, text, ceiling }: Chart): TemplateResult {
    const values = this.moments.map(of);
    const now = values.at(-1) ?? null;
    return html`<div class="row"><dt>${name}</dt>
      <dd>${sparkline(values, MOMENTS, ceiling)}<b>${now === null ? '–' : text(now)}</b></dd></div>`;
  }

  #about(): [string, string][] {
    const names = strings.detailNames;
    const connected = this.state?.phase === 'connected' ? this.state : null;
    const about: [string, string][] = [
      [names.transport, connected ? transportNames[connected.transport] : '–'],
      [names.edge, connected?.edge ?? '–'],
    ];
    if (connected?.obstacle) about.splice(1, 0, [names.why, strings.obstacles[connected.obstacle]]);
    return about;
  }

  #counts(): [string, string | number][] {
    const figures = this.moments.at(-1)?.figures;
    if (!figures) return [];
    const names = strings.detailNames;
    return [
      [names.received, figures.received],
      [names.lost, figures.lost],
      [names.recovered, figures.recovered],
      [names.late, figures.late],
      [names.duplicates, figures.duplicates],
      [names.broken, figures.broken],
      [names.gaps, figures.underruns],
      [names.sent, figures.sent],
      [names.unsent, figures.unsent],
      [names.memory, strings.memory(figures.shared)],
    ];
  }

  #diagnostics(): string {
    return JSON.stringify(
      {
        at: new Date().toISOString(),
        page: location.pathname,
        browser: navigator.userAgent,
        state: this.state,
        moments: this.moments,
      },
      null,
      1,
    );
  }
}

function row([name, value]: [string, string | number]): TemplateResult {
  return html`<div class="row"><dt>${name}</dt><dd>${value}</dd></div>`;
}

customElements.define('connection-panel', ConnectionPanel);

import { css, html, LitElement, type TemplateResult } from 'lit';
import type { SessionState } from '../session/state';
import { strings, transportNames } from '../strings';
import type { Figures } from '../worker/port';
import { sharedStyles } from './shared-styles';

/** The round trip at a glance and, opened, what else is known of the connection. */
export class ConnectionFigures extends LitElement {
  static override properties = {
    state: { attribute: false }, roundTrip: { attribute: false }, figures: { attribute: false },
  };
  declare state: SessionState | null;
  declare roundTrip: number | null;
  declare figures: Figures | null;

  static override styles = [sharedStyles, css`
    details { position: relative; }
    summary {
      display: inline-flex; align-items: center; min-height: 2rem; padding: 0 var(--space-3);
      cursor: pointer; list-style: none;
      border: 1px solid var(--line); border-radius: var(--radius-pill); background: var(--surface);
      font-size: var(--text-s); font-variant-numeric: tabular-nums; color: var(--ink-soft); white-space: nowrap;
    }
    summary::-webkit-details-marker { display: none; }
    summary:hover { border-color: var(--ink-soft); }
    dl {
      position: absolute; right: 0; top: calc(100% + var(--space-2)); z-index: 3; display: grid;
      grid-template-columns: auto auto; gap: var(--space-1) var(--space-5); padding: var(--space-4);
      border: 1px solid var(--line); border-radius: var(--radius-m);
      background: var(--surface); box-shadow: var(--shadow);
      font-size: var(--text-s); white-space: nowrap;
    }
    dt { color: var(--ink-soft); }
    dd { text-align: right; font-variant-numeric: tabular-nums; }
  `];

  override render(): TemplateResult {
    const ms = this.roundTrip === null || this.roundTrip === undefined ? '–' : strings.roundTrip(this.roundTrip);
    return html`
      <details>
        <summary aria-label=${`${strings.details}, ${strings.detailNames.roundTrip} ${ms}`}>${ms}</summary>
        <dl>${this.#rows(ms).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
      </details>`;
  }

  #rows(ms: string): [string, string | number][] {
    const names = strings.detailNames;
    const transport = this.state?.phase === 'connected' ? transportNames[this.state.transport] : '–';
    const edge = this.state?.phase === 'connected' ? this.state.edge : '–';
    const rows: [string, string | number][] = [
      [names.transport, transport], [names.edge, edge], [names.roundTrip, ms],
    ];
    const figures = this.figures;
    if (!figures) return rows;
    return [
      ...rows,
      [names.delay, strings.milliseconds(figures.delayMs)], [names.received, figures.received],
      [names.lost, figures.lost], [names.recovered, figures.recovered], [names.late, figures.late],
      [names.duplicates, figures.duplicates],
      [names.gaps, figures.underruns], [names.sent, figures.sent], [names.unsent, figures.unsent],
      [names.memory, strings.memory(figures.shared)],
    ];
  }
}

customElements.define('connection-figures', ConnectionFigures);

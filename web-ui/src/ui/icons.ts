import { svg, type SVGTemplateResult } from 'lit';

function icon(paths: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.9"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;
}

const microphone = svg`<rect x="9" y="3" width="6" height="11" rx="3"/>
  <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>`;
const headphones = svg`<path d="M4 15v-2.5a8 8 0 0 1 16 0V15"/>
  <rect x="3.5" y="14" width="4" height="6" rx="1.8"/><rect x="16.5" y="14" width="4" height="6" rx="1.8"/>`;
const slash = svg`<path d="M4 4l16 16"/>`;

export const icons = {
  mark: svg`<svg width="28" height="28" viewBox="0 0 28 28" fill="none" stroke="currentColor" stroke-width="2.6"
    stroke-linecap="round" aria-hidden="true"><circle cx="14" cy="14" r="2.2" fill="var(--glow)" stroke="none"/>
    <path d="M9.6 9.6a6.2 6.2 0 0 0 0 8.8M18.4 9.6a6.2 6.2 0 0 1 0 8.8"/>
    <path stroke-opacity=".45" d="M5.8 5.8a11.6 11.6 0 0 0 0 16.4M22.2 5.8a11.6 11.6 0 0 1 0 16.4"/></svg>`,
  microphone: icon(microphone),
  microphoneOff: icon(svg`${microphone}${slash}`),
  headphones: icon(headphones),
  headphonesOff: icon(svg`${headphones}${slash}`),
  link: icon(svg`<path d="M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1.2 1.2
    M14 10a4 4 0 0 0-6-.4l-3 3a4.2 4.2 0 0 0 6 6l1.2-1.2"/>`),
  leave: icon(svg`<path d="M14 4H7a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h7M10 12h10M16.5 8.5L20 12l-3.5 3.5"/>`),
  pencil: icon(svg`<path d="M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19l-4 1zM14.5 6.5l3 3"/>`),
  plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  arrow: icon(svg`<path d="M5 12h14M13 6l6 6-6 6"/>`),
  clock: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>`),
  warning: icon(svg`<path d="M12 4l9 16H3L12 4zM12 10.5v4M12 17.2v.1"/>`),
};

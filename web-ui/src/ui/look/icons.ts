import { type SVGTemplateResult, svg } from 'lit';

function icon(paths: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor"
    stroke-width="1.9"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;
}

const microphone = svg`<rect x="9" y="3" width="6" height="11" rx="3"/>
  <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>`;
const headphones = svg`<path d="M4 15v-2.5a8 8 0 0 1 16 0V15"/>
  <rect x="3.5" y="14" width="4" height="6" rx="1.8"/><rect x="16.5" y="14" width="4" height="6" rx="1.8"/>`;
const slash = svg`<path d="M4 4l16 16"/>`;

export const icons = {
  mark: svg`<svg width="28" height="28" viewBox="0 0 28 28" fill="none" stroke="currentColor"
    stroke-width="2.6"
    stroke-linecap="round" aria-hidden="true">
    <circle cx="14" cy="14" r="2.2" fill="var(--glow)" stroke="none"/>
    <path d="M9.6 9.6a6.2 6.2 0 0 0 0 8.8M18.4 9.6a6.2 6.2 0 0 1 0 8.8"/>
    <path stroke-opacity=".45" d="M5.8 5.8a11.6 11.6 0 0 0 0 16.4M22.2 5.8a11.6 11.6 0 0 1 0 16.4"/></svg>`,
  microphone: icon(microphone),
  microphoneOff: icon(svg`${microphone}${slash}`),
  headphones: icon(headphones),
  headphonesOff: icon(svg`${headphones}${slash}`),
  leave: icon(svg`<path d="M14 4H7a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h7M10 12h10M16.5 8.5L20 12l-3.5 3.5"/>`),
  pencil: icon(svg`<path d="M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19l-4 1zM14.5 6.5l3 3"/>`),
  plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  arrow: icon(svg`<path d="M5 12h14M13 6l6 6-6 6"/>`),
  clock: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>`),
  cross: icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`),
  send: icon(svg`<path d="M4 12l16-7-5 15-3.5-5.5L4 12zM11.5 14.5L20 5"/>`),
  copy: icon(
    svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.5"/>
      <path d="M15.5 5.5a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2"/>`,
  ),
  chat: icon(
    svg`<path d="M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20
      6.500v7a2.5 2.5 0 0 1-2.5 2.500H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.500z"/>`,
  ),
  share: icon(svg`<circle cx="6.5" cy="12" r="2.6"/><circle cx="17" cy="6" r="2.6"/>
      <circle cx="17" cy="18" r="2.6"/>
    <path d="M8.8 10.700l6-3.400M8.8 13.300l6 3.4"/>`),
  sliders: icon(
    svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>`,
  ),
  smile: icon(
    svg`<circle cx="12" cy="12" r="8.5"/><path d="M8.5 14a4.2 4.2 0 0 0 7 0M9 9.800v.1M15 9.800v.1"/>`,
  ),
  hand: icon(svg`<path d="M7.5 12V6.300a1.5 1.5 0 0 1 3 0V11M10.5
    10.500V4.800a1.5 1.5 0 0 1 3 0v6M13.5 10.800V6.300a1.5 1.5 0 0 1 3 0V13
    M16.5 10.500a1.5 1.5 0 0 1 3 0V14a6.5 6.5 0 0
    1-6.5 6.500c-3 0-4.5-1.2-6-3.500l-2.6-4.200a1.4 1.4 0 0 1 2.3-1.600L7.5 12.8"/>`),
  note: icon(
    svg`<path d="M9 17.500V6l10-2v11.5"/><circle cx="6.8" cy="17.5" r="2.3"/>
      <circle cx="16.8" cy="15.5" r="2.3"/>`,
  ),
  volume: icon(
    svg`<path d="M4 9.500v5h3.500L12 18.500v-13L7.5 9.500zM15.5
      9a4.2 4.2 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11"/>`,
  ),
  volumeOff: icon(svg`<path d="M4 9.500v5h3.500L12 18.500v-13L7.5 9.500zM16 9.500l5 5M21 9.500l-5 5"/>`),
  people: icon(svg`<circle cx="9" cy="8.5" r="3.5"/><path d="M3 19.500a6 6 0 0 1 12 0
    M15.500 5.500a3.200 3.200 0 0 1 0 6
    M17.500 14.500a5.500 5.500 0 0 1 3.500 5"/>`),
  more: icon(svg`<path d="M5.500 12h.01M12 12h.01M18.500 12h.01" stroke-width="3"/>`),
  voice: icon(svg`<path d="M6 10v4M10 6.500v11M14 8.500v7M18 10.500v3"/>`),
  bars: icon(svg`<path d="M5 19v-4"/><path d="M12 19V10"/><path d="M19 19V5"/>`),
  gauge: icon(svg`<path d="M4 18a8.5 8.5 0 1 1 16 0M12 15l4-5"/>`),
  alike: icon(svg`<path d="M4.500 10.200c2.500-3.200 5-3.200 7.500-.4s5 2.800 7.500-.4
    M4.500 16.200c2.500-3.200 5-3.200 7.500-.4s5 2.800 7.500-.4"/>`),
  verified: icon(svg`<path d="M12 3.500l7 2.600v5.400c0 4.300-2.900 7.500-7 9-4.100-1.500-7-4.700-7-9V6.100z
    M8.700 11.800l2.300 2.300 4.300-4.300"/>`),
  warning: icon(svg`<path d="M12 4l9 16H3L12 4zM12 10.5v4M12 17.2v.1"/>`),
};

/** Small pictures, all on a 16 by 16 grid, drawn in the colour of the text around them. */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Actor, Verdict } from '../core/protocol.ts';
import type { Glyph } from '../trace/scene.ts';

const stroke = (d: string, width = 1.6) =>
  svg`<path d=${d} fill="none" stroke="currentColor" stroke-width=${width} stroke-linecap="round" stroke-linejoin="round"/>`;
const fill = (d: string) => svg`<path d=${d} fill="currentColor" fill-rule="evenodd"/>`;

const MASK = 'M.8 5C4 3.600 12 3.600 15.200 5c.5 4-1.500 7.200-4.100 7.200-1.700 0-2.100-1.600-3.100-1.600s-1.400 1.600-3.100 1.600C2.300 12.200.3 9 .8 5zm2.700 2.400a1.800 1.300 0 1 0 3.600 0a1.800 1.300 0 1 0-3.600 0zm5.400 0a1.800 1.300 0 1 0 3.600 0a1.800 1.300 0 1 0-3.600 0z';
const LOCK = 'M4.300 7V5.200a3.700 3.700 0 0 1 7.400 0V7h.3a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1zm1.700 0h4V5.200a2 2 0 0 0-4 0z';
const SHIELD = 'M8 .8l6.200 2.200v4.600c0 3.700-2.600 6.400-6.200 7.600-3.600-1.200-6.200-3.900-6.200-7.600V3z';

const shapes: Record<string, SVGTemplateResult> = {
  mask: fill(MASK),
  lock: fill(LOCK),
  cross: stroke('M4 4l8 8M12 4l-8 8', 2.2),
  check: stroke('M3 8.500l3.300 3.300L13 4.800', 2.2),
  skip: stroke('M3.500 8h9', 2.200),
  leak: fill('M8 1c2.600 3.400 4.500 5.800 4.500 8.500a4.500 4.500 0 0 1-9 0C3.500 6.800 5.400 4.400 8 1z'),
  cache: svg`${stroke('M3 4c0-1.300 2.200-2 5-2s5 .7 5 2-2.200 2-5 2-5-.7-5-2zM3 4v8c0 1.300 2.200 2 5 2s5-.7 5-2V4M3 8c0 1.300 2.200 2 5 2s5-.7 5-2', 1.4)}`,
  log: stroke('M3 4h10M3 8h10M3 12h6'),
  flag: svg`${stroke('M4 14.500V2')}${fill('M4 2.200h9l-2.400 3L13 8.200H4z')}`,
  none: svg``,
  // actors
  caller: svg`${fill('M8 8a3.200 3.200 0 1 0 0-6.400A3.200 3.200 0 0 0 8 8zm-6 6.500c0-3 2.600-5 6-5s6 2 6 5z')}`,
  app: stroke('M5.500 3.500L1.500 8l4 4.500M10.500 3.500l4 4.500-4 4.500', 1.9),
  resolver: stroke('M8 1.500v13M8 3h5l1.500 1.700L13 6.400H8M8 7.600H3.200L1.700 9.200l1.500 1.700H8', 1.5),
  authority: stroke('M2 6l6-4 6 4zM3.500 6.500v5.500M6.500 6.500v5.500M9.500 6.500v5.500M12.500 6.500v5.500M1.800 13.800h12.400', 1.4),
  attacker: fill(MASK),
  upstream: svg`${stroke('M2 2.500h12v4.500H2zM2 9h12v4.500H2z', 1.5)}${fill('M4 4.100h1.600v1.400H4zM4 10.600h1.600V12H4z')}`,
  nobody: svg`<circle cx="8" cy="8" r="5.800" fill="none" stroke="currentColor" stroke-width="1.500" stroke-dasharray="2.600 2.400"/>`,
  // verdicts
  safe: svg`<circle cx="8" cy="8" r="6.500" fill="none" stroke="currentColor" stroke-width="1.500"/>${stroke('M5 8.300l2.200 2.200L11.200 6', 1.8)}`,
  blocked: svg`${fill(SHIELD)}<path d="M5 7.800h6" stroke="var(--icon-hole, #fff)" stroke-width="2.200" stroke-linecap="round"/>`,
  failed: svg`${stroke('M1.500 8h4M10.500 8h4M6.300 11.500l.9-2.500M8.800 7l.9-2.500', 1.7)}`,
  compromised: fill(MASK),
  'not-modelled': svg`<circle cx="8" cy="8" r="6.500" fill="none" stroke="currentColor" stroke-width="1.400" stroke-dasharray="2.500 2"/>${stroke('M6.300 6.300c0-2.300 3.500-2.200 3.500 0 0 1.400-1.800 1.500-1.800 2.900M8 11.300v.1', 1.6)}`,
  // buttons
  first: stroke('M4 3.500v9M12 3.500L6.500 8l5.500 4.500z', 1.6),
  back: stroke('M10.500 3L5 8l5.500 5', 2),
  play: fill('M4.500 2.500l9 5.500-9 5.500z'),
  replay: stroke('M3.200 8a4.800 4.800 0 1 0 1.600-3.600M4.600 1.600v3h3', 1.8),
  help: svg`<circle cx="8" cy="8" r="6.500" fill="none" stroke="currentColor" stroke-width="1.400"/>${stroke('M6.300 6.300c0-2.300 3.500-2.200 3.500 0 0 1.400-1.800 1.500-1.800 2.900M8 11.300v.1', 1.6)}`,
  pause: fill('M4 3h3v10H4zM9 3h3v10H9z'),
  next: stroke('M5.500 3L11 8l-5.500 5', 2),
  last: stroke('M12 3.500v9M4 3.500L9.500 8 4 12.500z', 1.6),
  share: stroke('M11.500 5.500l-7 4M11.500 12.500l-7-4M12.500 5a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400zM3.500 10.700a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400zM12.500 15a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400z', 1.3),
  system: stroke('M1.800 3h12.400v8H1.800zM5.500 14h5M8 11v3', 1.5),
  light: svg`<circle cx="8" cy="8" r="3" fill="currentColor"/>${stroke('M8 1v1.600M8 13.400V15M1 8h1.600M13.400 8H15M3 3l1.200 1.200M11.800 11.800L13 13M13 3l-1.200 1.200M4.200 11.800L3 13', 1.5)}`,
  dark: fill('M13.800 10.200A6.300 6.300 0 0 1 5.800 2.200 6.300 6.300 0 1 0 13.800 10.200z'),
  down: stroke('M4 6l4 4 4-4', 1.8),
  close: stroke('M4 4l8 8M12 4l-8 8', 1.7),
  code: stroke('M5.500 3.500L1.500 8l4 4.500M10.500 3.500l4 4.500-4 4.500', 1.7),
  read: stroke('M8 3.500C6.500 2.300 4 2 1.500 2.300v10.400c2.500-.3 5 0 6.500 1.200 1.500-1.200 4-1.500 6.500-1.200V2.300C12 2 9.500 2.300 8 3.500zM8 3.500v10', 1.4),
  wrench: stroke('M10 2a3.800 3.800 0 0 0-3.600 5L1.800 11.600a1.800 1.800 0 0 0 2.600 2.600L9 9.600A3.800 3.800 0 0 0 13.900 5L11.400 7.200 8.900 7 8.700 4.500 11 2.200A3.700 3.700 0 0 0 10 2z', 1.3),
  warn: svg`${stroke('M8 1.800l6.700 12.200H1.300z', 1.5)}${stroke('M8 6.300v3.500M8 11.900v.1', 1.7)}`,
  secret: stroke('M6 10a3 3 0 1 1 2.600-4.500h6v2.500h-1.500v2h-2.500V8H8.600A3 3 0 0 1 6 10zM5.500 7h.1', 1.3),
};

export type IconName = keyof typeof shapes | Verdict | Actor | Glyph;

export const shape = (name: IconName): SVGTemplateResult => shapes[name] ?? svg``;

export const icon = (name: IconName, size = 16): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 16 16" width="${size / 16}rem" height="${size / 16}rem" aria-hidden="true" focusable="false">${shape(name)}</svg>`;

/** Draws what was laid out. Colour is never alone: line style and glyph say the same. */
import { svg, type SVGTemplateResult } from 'lit';
import { shape } from './icons.ts';
import type { Placed, PlacedMark } from '../trace/layout.ts';

const HEAD = 6;

function glyphAt(mark: PlacedMark, x: number, radius: number): SVGTemplateResult {
  const size = radius * 1.25;
  return svg`<g class="glyph">
    <circle cx=${x} cy=${mark.y} r=${radius} />
    <svg x=${x - size / 2} y=${mark.y - size / 2} width=${size} height=${size} viewBox="0 0 16 16">${shape(mark.glyph)}</svg>
  </g>`;
}

function arrow(mark: PlacedMark, dense: boolean): SVGTemplateResult {
  const { x1, x2, y, tone } = mark;
  const side = Math.sign(x2 - x1) || 1;
  const end = x2 - side * HEAD;
  const line = (dy: number) => svg`<line x1=${x1} x2=${end} y1=${y + dy} y2=${y + dy} />`;
  return svg`
    ${tone === 'forged' ? [line(-2), line(2)] : line(0)}
    ${mark.dropped
      ? svg`<path class="dropped" d="M${x2 - side * 9} ${y - 5}l10 10m0 -10l-10 10" transform="translate(${side < 0 ? -10 : 0} 0)" />`
      : svg`<path class="head" d="M${x2} ${y}l${-side * (HEAD + 3)} -5v10z" />`}
    ${mark.glyph !== 'none' && Math.abs(x2 - x1) > 26 ? glyphAt(mark, (x1 + end) / 2, dense ? 7 : 9) : ''}`;
}

function spot(mark: PlacedMark, dense: boolean): SVGTemplateResult {
  return mark.glyph === 'none'
    ? svg`<circle class="dot" cx=${mark.x1} cy=${mark.y} r="4.500" />`
    : glyphAt(mark, mark.x1, dense ? 7.5 : 9.5);
}

export function draw(placed: Placed, dense: boolean): SVGTemplateResult {
  return svg`
    ${placed.lanes.map((lane) => lane.actor === 'attacker'
      ? svg`<rect class="lane attacker" x=${lane.x - 5} y="0" width="10" height=${placed.height} />`
      : svg`<line class="lane ${lane.actor}" x1=${lane.x} x2=${lane.x} y1="0" y2=${placed.height} />`)}
    ${placed.marks.map((mark) => svg`<g class="mark t-${mark.tone} ${mark.when}" data-event=${mark.event}>
      ${mark.shape === 'arrow' ? arrow(mark, dense) : spot(mark, dense)}</g>`)}`;
}

/** Draws what was laid out. Colour is never alone: line style and glyph say the same. */
import { svg, type SVGTemplateResult } from 'lit';
import { shape } from './icons.ts';
import { fitted, widthOf, type Placed, type PlacedMark } from '../trace/layout.ts';

const HEAD = 6;

function glyphAt(mark: PlacedMark, x: number, radius: number): SVGTemplateResult {
  const size = radius * 1.25;
  return svg`<g class="glyph">
    <circle cx=${x} cy=${mark.y} r=${radius} />
    <svg x=${x - size / 2} y=${mark.y - size / 2} width=${size} height=${size} viewBox="0 0 16 16">${shape(mark.glyph)}</svg>
  </g>`;
}

const text = (words: string, x: number, y: number, anchor: 'start' | 'middle' | 'end') =>
  svg`<text class="label" x=${x} y=${y} text-anchor=${anchor}>${words}</text>`;

function arrow(mark: PlacedMark, dense: boolean, scale: number, width: number): SVGTemplateResult {
  const { x1, x2, y, tone } = mark;
  const side = Math.sign(x2 - x1) || 1;
  const end = x2 - side * HEAD;
  const line = (dy: number) => svg`<line x1=${x1} x2=${end} y1=${y + dy} y2=${y + dy} />`;
  const length = Math.abs(x2 - x1);
  // The glyph makes room for the label by going to where the message comes from.
  const glyph = mark.glyph !== 'none' && length > 26;
  const taken = glyph ? 22 : 0;
  // A label may run past a short arrow: nothing else stands in its row.
  const inside = length - taken - 8;
  const room = Math.min(length * 1.7 - taken, side > 0 ? width - x1 - taken : x1 - taken);
  const words = dense ? '' : fitted(mark.label, Math.max(inside, room), scale);
  const centred = widthOf(words, scale) <= inside;
  return svg`
    ${tone === 'forged' ? [line(-2), line(2)] : line(0)}
    ${mark.dropped
      ? svg`<path class="dropped" d="M${x2 - side * 9} ${y - 5}l10 10m0 -10l-10 10" transform="translate(${side < 0 ? -10 : 0} 0)" />`
      : svg`<path class="head" d="M${x2} ${y}l${-side * (HEAD + 3)} -5v10z" />`}
    ${glyph ? glyphAt(mark, words ? x1 + side * 11 : (x1 + end) / 2, dense ? 7 : 9) : ''}
    ${words ? centred
      ? text(words, (x1 + side * taken + end) / 2, y - 6, 'middle')
      : text(words, x1 + side * (taken + 2), y - 6, side > 0 ? 'start' : 'end') : ''}`;
}

function spot(mark: PlacedMark, dense: boolean, scale: number, width: number): SVGTemplateResult {
  const { x1: x, y } = mark;
  const room = Math.max(width - x, x) - 16;
  const side = width - x >= x ? 1 : -1;
  const words = dense ? '' : fitted(mark.label, room, scale);
  return svg`${mark.glyph === 'none'
    ? svg`<circle class="dot" cx=${x} cy=${y} r="4.500" />`
    : glyphAt(mark, x, dense ? 7.5 : 9.5)}
    ${words ? text(words, x + side * 14, y + 3.5 * scale, side > 0 ? 'start' : 'end') : ''}`;
}

export function draw(placed: Placed, dense: boolean, scale: number): SVGTemplateResult {
  return svg`
    ${placed.lanes.map((lane) => lane.actor === 'attacker'
      ? svg`<rect class="lane attacker" x=${lane.x - 5} y="0" width="10" height=${placed.height} />`
      : svg`<line class="lane ${lane.actor}" x1=${lane.x} x2=${lane.x} y1="0" y2=${placed.height} />`)}
    ${placed.marks.map((mark) => svg`<g class="mark t-${mark.tone} ${mark.when}" data-event=${mark.event}>
      ${mark.shape === 'arrow' ? arrow(mark, dense, scale, placed.width) : spot(mark, dense, scale, placed.width)}</g>`)}`;
}

/** Gives a scene its coordinates: lanes side by side, time downwards, one row of the list per mark (null: not shown). */
import type { Mark, Scene } from './scene.ts';

/** `anchor`: distance of an arrow from the row's top, the middle of the sentence's first line. */
export interface Row { top: number; height: number; anchor: number }
export interface PlacedLane { x: number; actor: string; name: string }
export interface PlacedMark extends Mark { x1: number; x2: number; y: number; row: Row }
export interface Placed { width: number; height: number; lanes: PlacedLane[]; marks: PlacedMark[] }

/** An arrow ends this far from the middle of a lane. */
const GAP = 5;

export function layOut(scene: Scene, rows: readonly (Row | null)[], width: number): Placed {
  const count = Math.max(1, scene.lanes.length);
  const x = (lane: number) => ((lane + 0.5) * width) / count;
  const lanes = scene.lanes.map((lane, i) => ({ x: x(i), actor: lane.actor, name: lane.name }));
  const marks = scene.marks.flatMap((mark, i): PlacedMark[] => {
    const row = rows[i];
    if (!row || mark.shape === 'none') return [];
    const side = Math.sign(mark.to - mark.from);
    return [{ ...mark, row, y: row.top + Math.min(row.anchor, row.height / 2), x1: x(mark.from) + side * GAP, x2: x(mark.to) - side * GAP }];
  });
  const height = Math.max(0, ...rows.map((row) => (row ? row.top + row.height : 0)));
  return { width, height, lanes, marks };
}

/** Width of a character of a label, and the least that is worth to be shown of one that is cut. */
const CHARACTER = 6.4;
const LEAST = 5;

/** Roughly: labels are set in a monospaced face. */
export const widthOf = (label: string, scale: number): number => label.length * CHARACTER * scale;

/** As much of a label as fits into so many pixels. */
export function fitted(label: string, width: number, scale: number): string {
  const most = Math.floor(width / (CHARACTER * scale));
  if (label.length <= most) return label;
  return most >= LEAST ? `${label.slice(0, most - 1)}…` : '';
}

import type { Edit, Finding, Range } from '../core/protocol.ts';

/** Ranges are of the text before all edits; later places first, so that they stay right. */
export function applyEdits(code: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.range.from - a.range.from || b.range.to - a.range.to)
    .reduce((text, { range, text: put }) => text.slice(0, range.from) + put + text.slice(range.to), code);
}

/** The smallest replacement that makes `after` of `before`. */
export function changeBetween(before: string, after: string): { from: number; to: number; insert: string } | null {
  if (before === after) return null;
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - from;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

const touches = (range: Range, at: number) => range.from <= at && at <= range.to;

/** The finding at a place of the text: the narrowest that covers it, else the first on its line. */
export function findingAt(findings: readonly Finding[], at: number, line: number): Finding | null {
  const covering = findings.filter((f) => touches(f.range, at));
  covering.sort((a, b) => a.range.to - a.range.from - (b.range.to - b.range.from));
  return covering[0] ?? findings.find((f) => f.range.line <= line && line <= f.range.endLine) ?? null;
}

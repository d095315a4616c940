import { describe, expect, it } from 'vitest';
import { diffLines, hunks } from '../../src/diff/lines.ts';
import { applyEdits, changeBetween, findingAt } from '../../src/state/edits.ts';
import { range } from '../fixtures/replies.ts';

const at = (from: number, to: number) => ({ ...range(1), from, to });

describe('edits', () => {
  it('are of the text before all of them, in any order', () => {
    const edits = [{ range: at(0, 1), text: 'AA' }, { range: at(4, 5), text: '' }, { range: at(2, 2), text: '+' }];
    expect(applyEdits('abcde', edits)).toBe('AAb+cd');
    expect(applyEdits('abcde', [...edits].reverse())).toBe('AAb+cd');
  });
  it('between two texts are the smallest that will do', () => {
    expect(changeBetween('verify=False)', 'verify=True)')).toEqual({ from: 7, to: 11, insert: 'Tru' });
    expect(changeBetween('aa', 'aaa')).toEqual({ from: 2, to: 2, insert: 'a' });
    expect(changeBetween('same', 'same')).toBeNull();
    for (const [before, after] of [['abcabc', 'abc'], ['', 'x'], ['x', ''], ['aXa', 'aa']] as const) {
      const { from, to, insert } = changeBetween(before, after)!;
      expect(before.slice(0, from) + insert + before.slice(to)).toBe(after);
    }
  });
});

describe('the finding at the cursor', () => {
  const findings = [{ name: 'wide', range: { ...range(3), from: 0, to: 90 } }, { name: 'narrow', range: { ...range(3), from: 40, to: 45 } }, { name: 'line', range: { ...range(8), from: 100, to: 104 } }] as never;
  it('is the narrowest, else one of the line', () => {
    expect(findingAt(findings, 42, 3)?.name).toBe('narrow');
    expect(findingAt(findings, 10, 3)?.name).toBe('wide');
    expect(findingAt(findings, 130, 8)?.name).toBe('line');
    expect(findingAt(findings, 200, 9)).toBeNull();
  });
});

describe('the difference by lines', () => {
  const show = (before: string, after: string) => diffLines(before, after).map((l) => ({ same: ' ', removed: '-', added: '+' })[l.kind] + l.text);
  it('finds what was removed and added', () => {
    expect(show('a\nb\nc\n', 'a\nB\nc\nd\n')).toEqual([' a', '-b', '+B', ' c', '+d']);
    expect(show('a\n', 'a\n')).toEqual([' a']);
    expect(show('', 'x')).toEqual(['-', '+x']);
  });
  it('gives back both texts', () => {
    const before = 'one\ntwo\nthree\ntwo\nfour'; const after = 'zero\ntwo\nthree\nfour\nfive\ntwo';
    const lines = diffLines(before, after);
    expect(lines.filter((l) => l.kind !== 'added').map((l) => l.text).join('\n')).toBe(before);
    expect(lines.filter((l) => l.kind !== 'removed').map((l) => l.text).join('\n')).toBe(after);
  });
  it('is shown with a little context', () => {
    const before = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n');
    const parts = hunks(diffLines(before, before.replace('line 3\n', 'LINE\n').replace('line 15', 'LINE')));
    expect(parts).toHaveLength(2);
    expect(parts[0]!.lines[0]!.text).toBe('line 1');
    expect(hunks(diffLines('a', 'a'))).toEqual([]);
  });
});

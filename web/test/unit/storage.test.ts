import { describe, expect, it, vi } from 'vitest';
import { readExample } from '../../src/examples/index.ts';
import { hintFor, neighbours } from '../../src/lessons/hints.ts';
import { Keeper } from '../../src/state/storage.ts';

function memory(): Storage {
  const kept = new Map<string, string>();
  return { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v), removeItem: (k: string) => void kept.delete(k) } as Storage;
}

describe('what is kept', () => {
  it('comes back', () => {
    const storage = memory();
    const keeper = new Keeper(() => storage);
    keeper.saveDraft({ code: 'x', lesson: '010' });
    keeper.savePrevious('before');
    keeper.saveTheme('dark');
    keeper.saveProgress({ a: 'passed' });
    expect(new Keeper(() => storage).load()).toEqual({ draft: { code: 'x', lesson: '010' }, previous: 'before', theme: 'dark', progress: { a: 'passed' } });
    keeper.saveDraft(null);
    expect(keeper.load().draft).toBeNull();
  });
  it('is nothing where storage is denied, and that is told once it matters', () => {
    const told = vi.fn();
    const keeper = new Keeper(() => { throw new DOMException('denied', 'SecurityError'); }, told);
    expect(keeper.load()).toEqual({ draft: null, previous: null, theme: 'system', progress: {} });
    keeper.saveDraft({ code: 'x' });
    expect(told).toHaveBeenCalled();
  });
  it('is ignored if somebody else wrote it', () => {
    const storage = memory();
    storage.setItem('wronghost.draft', '{"code": 7}');
    storage.setItem('wronghost.theme', '"pink"');
    storage.setItem('wronghost.progress', '{"a": "won"}');
    expect(new Keeper(() => storage).load()).toEqual({ draft: null, previous: null, theme: 'system', progress: {} });
    storage.setItem('wronghost.draft', 'no json');
    expect(new Keeper(() => storage).load().draft).toBeNull();
  });
});

describe('examples', () => {
  it('carry their title above the code, not in it', () => {
    expect(readExample('./10-first-one.py', '#: title = T\n#: what-if = a = 1 => a = 2\n#: about = A b\nimport x\n')).toEqual({ id: 'first-one', title: 'T', about: 'A b', code: 'import x\n', whatIf: [{ from: 'a = 1', to: 'a = 2' }] });
  });
});

describe('hints', () => {
  const lesson = { hints: [{ goal: 'b', steps: ['1', '2', '3'] }] } as never;
  const state = (atoms: [string, boolean][], hint: { goal: string; steps: number } | null = null) =>
    ({ id: 'x', hint, solutionShown: false, reply: { passed: atoms.every((a) => a[1]), atoms: atoms.map(([id, passed]) => ({ id, passed, text: id, detail: '' })) } }) as never;
  it('belong to the first goal that is not reached and has one', () => {
    expect(hintFor(lesson, state([['a', false], ['b', false]]))).toMatchObject({ goal: 'b', open: [], left: 3 });
    expect(hintFor(lesson, state([['a', true], ['b', false]], { goal: 'b', steps: 2 }))).toMatchObject({ open: ['1', '2'], left: 1 });
    expect(hintFor(lesson, state([['a', false], ['b', true]]))).toBeNull();
    expect(hintFor(lesson, state([['b', true]]))).toBeNull();
  });
  it('know the way to the next lesson', () => {
    expect(neighbours(['a', 'b', 'c'], 'b')).toEqual({ before: 'a', after: 'c' });
    expect(neighbours(['a'], 'a')).toEqual({ before: null, after: null });
  });
});

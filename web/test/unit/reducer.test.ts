import { describe, expect, it } from 'vitest';
import type { AnalyseReply, LessonReply, PlayReply } from '../../src/core/protocol.ts';
import { initialState, type State } from '../../src/state/model.ts';
import { reduce } from '../../src/state/reducer.ts';
import { announce, outcomeIndex, shownEvents, tellingCell } from '../../src/state/select.ts';
import { analysis, event, outcome, play } from '../fixtures/replies.ts';

const begin = (): State => initialState('import httpx\n', { kind: 'example', id: 'first' });
const analysed = (state: State, reply: AnalyseReply, lesson?: LessonReply): State =>
  reduce(state, { type: 'analysed', revision: state.revision, analysis: reply, lesson });
const played = (state: State, reply: PlayReply): State =>
  reduce(state, { type: 'played', revision: state.revision, play: reply });

describe('the cell that is opened first', () => {
  it('is the weakest attacker who wins', () => {
    expect(tellingCell(analysis({ selfsigned: 'compromised', misissued: 'compromised' }, 'selfsigned'))).toEqual({ request: 0, world: 'selfsigned' });
  });
  it('is the first that is refused, when only a deceived authority gets through', () => {
    const reply = analysis({ selfsigned: 'blocked', misissued: 'compromised' }, 'misissued');
    reply.headline.tone = 'warning';
    expect(tellingCell(reply)).toEqual({ request: 0, world: 'selfsigned' });
  });
  it('is one with an attacker, when nothing is refused and nobody wins', () => {
    expect(tellingCell(analysis({ selfsigned: 'failed', misissued: 'failed' }, null))).toEqual({ request: 0, world: 'selfsigned' });
  });
  it('is none without an endpoint', () => {
    expect(tellingCell({ ...analysis({}, null), rows: [] })).toBeNull();
  });
});

describe('replies', () => {
  it('for an older text change nothing', () => {
    const typed = reduce(begin(), { type: 'typed', code: 'x' });
    expect(reduce(typed, { type: 'analysed', revision: typed.revision - 1, analysis: analysis({}, null) })).toBe(typed);
  });
  it('keep the cell that the learner chose, while it exists', () => {
    let state = analysed(begin(), analysis({ selfsigned: 'blocked' }, null));
    state = reduce(state, { type: 'choose', choice: { request: 0, world: 'misissued' } });
    state = analysed(reduce(state, { type: 'typed', code: 'y' }), analysis({ selfsigned: 'compromised' }, 'selfsigned'));
    expect(state.choice).toEqual({ request: 0, world: 'misissued' });
    const without = analysis({ selfsigned: 'compromised' }, 'selfsigned');
    without.rows[0]!.cells = without.rows[0]!.cells.filter((c) => c.world !== 'misissued');
    expect(analysed(state, without).choice).toEqual({ request: 0, world: 'selfsigned' });
  });
  it('clear what went wrong before', () => {
    const state = reduce(begin(), { type: 'analysis-failed', revision: 1, trouble: { kind: 'timed-out' } });
    expect(state.trouble).not.toBeNull();
    expect(analysed(state, analysis({}, null)).trouble).toBeNull();
  });
});

const run = () => [event(1, 0, { kind: 'request-arrived' }), event(2), event(3)];

describe('the player', () => {
  const ready = () => played(analysed(begin(), analysis({ selfsigned: 'blocked' }, null)), play(run()));
  it('begins with everything played', () => expect(ready().step).toBe(2));
  it('stays inside the trace and marks the code of the step', () => {
    expect(reduce(ready(), { type: 'step', to: 99 }).step).toBe(2);
    expect(reduce(ready(), { type: 'step', to: -5 }).step).toBe(-1);
    expect(reduce(ready(), { type: 'step', to: 1 }).marked).toEqual(event(2).range);
  });
  it('starts over when it stands at the end, and stops there by itself', () => {
    let state = reduce(ready(), { type: 'playing', on: true });
    expect(state).toMatchObject({ playing: true, step: 0 });
    state = reduce(reduce(state, { type: 'step', to: 1 }), { type: 'step', to: 2 });
    expect(state.playing).toBe(false);
  });
  it('keeps its place when the same run comes again', () => {
    const state = reduce(ready(), { type: 'step', to: 1 });
    expect(played(state, play(run())).step).toBe(1);
    expect(played(state, { ...play([event(1), event(2)]), sha256: 'other' }).step).toBe(1);
    expect(played(state, { ...play(run()), sha256: 'other' }).step).toBe(2);
  });
  it('skips what came beforehand, unless it is shown', () => {
    const events = [event(1, 0, { kind: 'dns-forged' }), event(2, 0, { kind: 'request-arrived' }), event(3, 0, { kind: 'verdict' })];
    let state = played(analysed(begin(), analysis({ selfsigned: 'blocked' }, null)), play(events));
    expect(reduce(state, { type: 'playing', on: true })).toMatchObject({ step: 1, beforehand: false });
    state = reduce(state, { type: 'step', to: 0 });
    expect(state).toMatchObject({ step: 0, beforehand: true });
    expect(reduce(state, { type: 'beforehand', shown: false })).toMatchObject({ step: 1, beforehand: false });
    expect(reduce(reduce(state, { type: 'step', to: 2 }), { type: 'playing', on: true }).step).toBe(0);
  });
  it('stops when the text changes', () => {
    const state = reduce(ready(), { type: 'playing', on: true });
    expect(reduce(state, { type: 'typed', code: 'z' }).playing).toBe(false);
  });
});

describe('events of a request', () => {
  it('are counted without start-up and shutdown', () => {
    const outcomes = [outcome('startup'), outcome({ path: '/a' }), outcome({ path: '/b' }), outcome('shutdown')];
    expect(outcomeIndex(outcomes, 0)).toBe(1);
    expect(outcomeIndex(outcomes, 1)).toBe(2);
    expect(outcomeIndex(outcomes, 2)).toBe(-1);
    expect(outcomeIndex(outcomes, -1)).toBe(0);
  });
  it('come after those of the start-up', () => {
    const reply = { ...play([event(1, 0), event(2, 1), event(3, 2)]), outcomes: [outcome('startup'), outcome({ path: '/a' }), outcome({ path: '/b' })] };
    const shown = shownEvents(reply, { request: 1, world: 'selfsigned' });
    expect(shown.events.map((e) => e.number)).toEqual([1, 3]);
    expect(shown).toMatchObject({ outcome: 2, startup: true });
  });
});

describe('lessons', () => {
  const reply = (passed: boolean): LessonReply => ({ api: 1, ok: true, passed, atoms: [{ id: 'a', text: 'A', passed, detail: '' }], analysis: analysis({}, null) });
  it('are passed by their goals, and stay passed', () => {
    let state = reduce(begin(), { type: 'open-lesson', id: 'one' });
    state = analysed(state, analysis({}, null), reply(true));
    expect(state.progress).toEqual({ one: 'passed' });
    state = analysed(state, analysis({}, null), reply(false));
    expect(state.progress).toEqual({ one: 'passed' });
  });
  it('whose solution was seen first are not passed', () => {
    let state = reduce(begin(), { type: 'open-lesson', id: 'one' });
    state = reduce(state, { type: 'solution', shown: true });
    state = analysed(state, analysis({}, null), reply(true));
    expect(state.progress).toEqual({ one: 'viewed' });
  });
  it('close a hint when its goal is reached', () => {
    let state = reduce(begin(), { type: 'open-lesson', id: 'one' });
    state = reduce(state, { type: 'hint', goal: 'a', steps: 2 });
    expect(analysed(state, analysis({}, null), reply(false)).lesson?.hint).toEqual({ goal: 'a', steps: 2 });
    expect(analysed(state, analysis({}, null), reply(true)).lesson?.hint).toBeNull();
  });
});

describe('text that is replaced', () => {
  it('can be had again', () => {
    const typed = reduce(begin(), { type: 'typed', code: 'mine' });
    const state = reduce(typed, { type: 'replace', code: 'other', origin: { kind: 'link' }, keepPrevious: true });
    expect(state).toMatchObject({ code: 'other', previous: 'mine' });
    expect(state.replaced).toBeGreaterThan(typed.replaced);
  });
});

describe('what is announced', () => {
  it('is the headline and the number of findings, and later only what changed', () => {
    const one = analysed(begin(), analysis({ selfsigned: 'blocked' }, null));
    expect(announce(null, one)).toBe('Nobody wins. No findings.');
    expect(announce(one, { ...one })).toBe('');
    const more = analysis({ selfsigned: 'compromised' }, 'selfsigned');
    more.findings = [{ rule: 'r', name: 'Checks are off', message: 'm', range: { line: 4 } } as never];
    expect(announce(one, analysed(one, more))).toBe('Somebody wins. New finding, line 4: Checks are off. One finding.');
  });
});

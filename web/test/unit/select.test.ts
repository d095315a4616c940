import { describe, expect, it } from 'vitest';
import type { AnalyseReply, Diagnostic } from '../../src/core/protocol.ts';
import { announce, neverRan, shownHeadline, tellingCell } from '../../src/state/select.ts';
import { initialState } from '../../src/state/model.ts';
import { analysis, range } from '../fixtures/replies.ts';

const told = (code: string, severity: Diagnostic['severity'] = 'error'): Diagnostic => ({ code, severity, message: `about ${code}`, range: range(3) });
const startUpOnly = (reply: AnalyseReply): AnalyseReply => ({ ...reply, rows: reply.rows.map((row) => ({ ...row, request: -1 })) });

describe('the headline', () => {
  it('is the core’s own where the code ran', () => {
    const reply = analysis({ selfsigned: 'compromised' }, 'selfsigned');
    expect(shownHeadline(reply)).toEqual({ ...reply.headline, line: null });
  });

  it('says that code does not run before it says that nobody wins', () => {
    const reply = { ...startUpOnly(analysis({}, null)), diagnostics: [told('import-failed', 'warning'), told('syntax-error')] };
    expect(neverRan(reply)).toBe(true);
    expect(shownHeadline(reply)).toMatchObject({ tone: 'unknown', text: 'This code does not run', detail: 'about syntax-error', line: 3, world: null });
  });

  it('calls a file without endpoints, and without faults, by its own name', () => {
    const reply = { ...analysis({}, null), rows: [] };
    expect(neverRan(reply)).toBe(false);
    expect(shownHeadline(reply).text).toBe(reply.headline.text);
  });

  it('says that a run was stopped, unless somebody had won by then', () => {
    const stopped = { ...analysis({}, null), diagnostics: [told('step-limit')] };
    expect(shownHeadline(stopped)).toMatchObject({ tone: 'unknown', text: 'This code was stopped before it answered', line: 3 });
    const lost = { ...analysis({ selfsigned: 'compromised' }, 'selfsigned'), diagnostics: [told('step-limit')] };
    expect(shownHeadline(lost).tone).toBe('attack');
  });

  it('is no praise for code that fails in peace, and opens that cell', () => {
    const reply = analysis({ honest: 'failed', selfsigned: 'failed', misissued: 'failed' }, null);
    expect(shownHeadline(reply)).toMatchObject({ tone: 'warning', world: 'honest', request: 0, text: 'This fails even with nobody attacking' });
    expect(tellingCell(reply)).toEqual({ request: 0, world: 'honest' });
    const partly = analysis({ honest: 'safe', selfsigned: 'failed' }, null);
    expect(shownHeadline(partly).tone).toBe('safe');
  });

  it('is what is announced', () => {
    const reply = analysis({ honest: 'failed' }, null);
    expect(announce(null, { ...initialState('', { kind: 'draft' }), analysis: reply })).toMatch(/^This fails even with nobody attacking\./);
  });
});

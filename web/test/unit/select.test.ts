import { describe, expect, it } from 'vitest';
import type { AnalyseReply, Diagnostic } from '../../src/core/protocol.ts';
import { announce, nothingPlayed, tellingCell } from '../../src/state/select.ts';
import { initialState } from '../../src/state/model.ts';
import { analysis, range } from '../fixtures/replies.ts';

const told = (code: string, severity: Diagnostic['severity'] = 'error'): Diagnostic => ({ code, severity, message: `about ${code}`, range: range(3) });
const startUpOnly = (reply: AnalyseReply): AnalyseReply => ({ ...reply, rows: reply.rows.map((row) => ({ ...row, request: -1 })) });

describe('what is shown of a run', () => {
  it('is nothing where a file does not start', () => {
    expect(nothingPlayed({ ...startUpOnly(analysis({}, null)), diagnostics: [told('import-failed', 'warning')] })).toBe(true);
    expect(nothingPlayed({ ...startUpOnly(analysis({}, null)), diagnostics: [told('syntax-error')] })).toBe(true);
    expect(nothingPlayed({ ...analysis({}, null), rows: [] })).toBe(false);
    expect(nothingPlayed({ ...analysis({}, null), diagnostics: [told('syntax-error')] })).toBe(false);
    const called = { ...startUpOnly(analysis({}, null)), diagnostics: [told('import-failed')], calls: [{}] as never };
    expect(nothingPlayed(called)).toBe(false);
  });

  it('is the world in peace where the headline is about that', () => {
    const reply = analysis({ honest: 'failed', selfsigned: 'failed', misissued: 'failed' }, 'honest');
    reply.headline.tone = 'warning';
    expect(tellingCell(reply)).toEqual({ request: 0, world: 'honest' });
  });

  it('is announced by its headline', () => {
    const reply = analysis({ honest: 'failed' }, 'honest');
    expect(announce(null, { ...initialState('', { kind: 'draft' }), analysis: reply })).toMatch(/^Somebody wins\./);
  });
});

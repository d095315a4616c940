import { describe, expect, it } from 'vitest';
import { beforehand, beforehandTitle, phases } from '../../src/trace/phases.ts';
import { event } from '../fixtures/replies.ts';

const make = (kinds: string[]) => kinds.map((kind, i) => event(i + 1, 0, { kind, call: kind.match(/^(request|response|verdict)/) ? 0 : 1 }));
const titles = (kinds: string[]) => phases(make(kinds)).map((p) => [p.at, p.title]);

describe('parts of a trace', () => {
  it('leave out what came before the app did anything', () => {
    const events = make(['dns-query', 'dns-forged', 'dns-cached', 'request-arrived', 'call-begins', 'dns-query']);
    expect(beforehand(events)).toBe(3);
    expect(beforehand(make(['request-arrived', 'dns-query']))).toBe(0);
    expect(beforehand([])).toBe(0);
    events[2]!.fields = { poisoned: 'yes', kept: 'yes' };
    expect(beforehandTitle(events, 3)).toContain('poisons');
    events[2]!.fields = { poisoned: 'yes', kept: 'no' };
    events[1]!.hostile = true;
    expect(beforehandTitle(events, 3)).toContain('tries');
  });
  it('follow the request', () => {
    expect(titles(['request-arrived', 'call-begins', 'dns-query', 'dns-answer', 'tcp-connect', 'tls-hello', 'tls-check', 'http-request', 'leak', 'http-response', 'call-ends', 'connection-closed', 'response-sent', 'verdict'])).toEqual([
      [0, 'A caller asks'], [2, 'The name is looked up'], [4, 'Who is there?'], [7, 'What is said'], [12, 'The caller is answered'],
    ]);
  });
  it('begin again with each call', () => {
    const kinds = ['request-arrived', 'call-begins', 'dns-query', 'tcp-connect', 'tls-failed', 'exception-seen', 'call-begins', 'dns-query', 'tcp-connect', 'http-request', 'response-sent'];
    expect(titles(kinds).map((t) => t[1])).toEqual(['A caller asks', 'The name is looked up', 'Who is there?', 'The name is looked up', 'Who is there?', 'What is said', 'The caller is answered']);
  });
  it('tell the start of the app apart', () => {
    const events = make(['call-begins', 'dns-query', 'request-arrived', 'response-sent']);
    expect(phases(events, (e) => e.number < 3).map((p) => p.title)).toEqual(['While the app starts', 'The name is looked up', 'A caller asks', 'The caller is answered']);
  });
});

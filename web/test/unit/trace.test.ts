import { describe, expect, it } from 'vitest';
import { hexLines } from '../../src/trace/bytes.ts';
import { asResult, detailsOf } from '../../src/trace/details.ts';
import { fitted, layOut } from '../../src/trace/layout.ts';
import { labelOf, makeScene } from '../../src/trace/scene.ts';
import { event } from '../fixtures/replies.ts';

const handshake = [
  event(1, 0, { kind: 'dns-query', from: 'app', to: 'resolver' }),
  event(2, 0, { kind: 'dns-forged', from: 'attacker', to: 'resolver', hostile: true, fields: { accepted: 'yes', id: 'ok: 0x91c4', port: 'failed', name: 'pay.example' } }),
  event(3, 0, { kind: 'tls-hello', from: 'app', to: 'attacker', hostile: true }),
  event(4, 0, { kind: 'tls-check', from: 'app', to: 'app', fields: { check: 'chain', result: 'ok', because: 'default' } }),
  event(5, 0, { kind: 'tls-check', from: 'app', to: 'app', fields: { check: 'name', result: 'failed' } }),
  event(6, 0, { kind: 'tls-failed', from: 'app', to: 'attacker', hostile: true }),
];

describe('the scene', () => {
  it('has a lane for everybody who takes part, in a fixed order', () => {
    expect(makeScene(handshake, 0).lanes.map((l) => l.actor)).toEqual(['app', 'resolver', 'attacker']);
  });
  it('tells forged messages by more than colour', () => {
    expect(makeScene(handshake, 0).marks[1]).toMatchObject({ shape: 'arrow', tone: 'forged', glyph: 'mask', from: 2, to: 1 });
  });
  it('gives the verdict no lane: it happens nowhere', () => {
    const scene = makeScene([...handshake, event(7, 0, { kind: 'verdict', from: 'nobody', to: 'nobody' })], 6);
    expect(scene.lanes.map((l) => l.actor)).not.toContain('nobody');
    expect(scene.marks[6]!.shape).toBe('none');
  });
  it('tells what is forged from what only reaches the attacker', () => {
    const tone = (more: object) => makeScene([event(1, 0, more)], 0).marks[0];
    expect(tone({ kind: 'tcp-connect', to: 'attacker', hostile: true })).toMatchObject({ tone: 'hostile', glyph: 'none' });
    expect(tone({ kind: 'dns-query', from: 'attacker', hostile: true })).toMatchObject({ tone: 'hostile' });
    expect(tone({ kind: 'http-response', from: 'attacker', to: 'app', hostile: true })).toMatchObject({ tone: 'forged', glyph: 'mask' });
    expect(tone({ kind: 'dns-answer', from: 'resolver', to: 'app', fields: { poisoned: 'yes' } })).toMatchObject({ tone: 'forged', glyph: 'mask' });
    expect(tone({ kind: 'dns-answer', from: 'authority', fields: { poisoned: 'no' } })).toMatchObject({ tone: 'neutral', dropped: false });
    expect(tone({ kind: 'dns-forged', from: 'attacker', hostile: true, fields: { accepted: 'no' } })).toMatchObject({ tone: 'forged', dropped: true });
    expect(tone({ kind: 'dns-cached', from: 'resolver', fields: { poisoned: 'yes', kept: 'yes' } })).toMatchObject({ glyph: 'mask' });
  });
  it('shows a check where it is made, with its result', () => {
    const { marks } = makeScene(handshake, 4);
    expect(marks[3]).toMatchObject({ shape: 'spot', glyph: 'check', when: 'past' });
    expect(marks[4]).toMatchObject({ shape: 'spot', glyph: 'cross', when: 'now' });
    expect(marks[5]).toMatchObject({ glyph: 'cross', when: 'later' });
  });
  it('says what a message is in a word or two, from its fields', () => {
    const label = (kind: string, fields: Record<string, string>) => labelOf(event(1, 0, { kind, fields }));
    expect(label('dns-query', { type: 'A' })).toBe('A?');
    expect(label('dns-answer', { values: '203.0.113.10', rcode: 'NOERROR' })).toBe('203.0.113.10');
    expect(label('dns-answer', { values: '', rcode: 'NXDOMAIN' })).toBe('NXDOMAIN');
    expect(label('dns-answer', { values: '', rcode: 'NOERROR' })).toBe('');
    expect(label('http-request', { method: 'GET', target: '/charge?amount=100' })).toBe('GET /charge?amount=100');
    expect(label('exception-seen', { class: 'httpx.ConnectError' })).toBe('ConnectError');
    expect(label('something-new', {})).toBe('');
  });
  it('cuts a label to the room that it has, or leaves it out', () => {
    expect(fitted('TLS hello', 100, 1)).toBe('TLS hello');
    expect(fitted('203.0.113.10', 52, 1)).toBe('203.0.1…');
    expect(fitted('203.0.113.10', 30, 1)).toBe('');
    expect(fitted('TLS hello', 100, 2)).toBe('TLS he…');
  });
  it('does not call a connection verified whose checks were skipped', () => {
    const over = (result: string) => makeScene([
      event(1, 0, { kind: 'tls-hello', from: 'app', to: 'upstream' }),
      event(2, 0, { kind: 'tls-check', from: 'app', to: 'app', fields: { check: 'chain', result } }),
      event(3, 0, { kind: 'tls-established', from: 'app', to: 'upstream' }),
      event(4, 0, { kind: 'http-request', from: 'app', to: 'upstream' }),
    ], 3).marks[3]!.tone;
    expect(over('ok')).toBe('verified');
    expect(over('skipped')).toBe('unchecked');
  });
});

describe('the layout', () => {
  const rows = handshake.map((_, i) => ({ top: i * 40 + (i > 4 ? 80 : 0), height: i === 4 ? 120 : 40, anchor: 19 }));
  const placed = layOut(makeScene(handshake, 4), rows, 300);
  it('spreads lanes evenly and fills the height of the list', () => {
    expect(placed.lanes.map((l) => l.x)).toEqual([50, 150, 250]);
    expect(placed.height).toBe(320);
  });
  it('puts each mark beside the first line of its sentence', () => {
    expect(placed.marks[4]!.y).toBe(160 + 19);
    expect(placed.marks[0]!.x1).toBeGreaterThan(50);
    expect(placed.marks[0]!.x2).toBeLessThan(150);
    expect(placed.marks[1]!.x1).toBeGreaterThan(placed.marks[1]!.x2);
  });
  it('leaves out what has no row yet', () => {
    expect(layOut(makeScene(handshake, 0), rows.slice(0, 2), 300).marks).toHaveLength(2);
  });
});

describe('details', () => {
  it('gather the checks of a handshake up to the step', () => {
    expect(detailsOf(handshake[4]!, handshake).checks.map((c) => [c.name, c.result])).toEqual([['chain', 'ok'], ['name', 'failed']]);
    expect(detailsOf(handshake[3]!, handshake).checks).toHaveLength(1);
    expect(detailsOf(handshake[5]!, handshake).checks).toHaveLength(2);
  });
  it('take the checks of a DNS answer from its fields and leave the rest as fields', () => {
    const { checks, fields } = detailsOf(handshake[1]!, handshake);
    expect(checks.map((c) => [c.name, c.result, c.detail])).toEqual([['id', 'ok', '0x91c4'], ['port', 'failed', '']]);
    expect(fields).toEqual([{ name: 'accepted', value: 'yes' }, { name: 'name', value: 'pay.example' }]);
  });
  it('read words, not prose', () => {
    expect(asResult('skipped')).toBe('skipped');
    expect(asResult('no: 53')).toBe('failed');
    expect(asResult('nobody')).toBeNull();
    expect(asResult(undefined)).toBeNull();
  });
  it('put a reason beside what it is for', () => {
    const { fields } = detailsOf(event(1, 0, { kind: 'call-begins', fields: { 'chain-check': 'no', 'chain-check-because': 'verify=False', because: 'x' } }), []);
    expect(fields).toEqual([{ name: 'chain check', value: 'no (verify=False)' }, { name: 'because', value: 'x' }]);
  });
  it('show bytes in lines of hexadecimal and text', () => {
    const { bytes } = detailsOf(event(1, 0, { bytes: btoa('GET /\r\n\u00ff!') }), []);
    expect(hexLines(bytes)).toEqual([{ offset: '0000', hex: '47 45 54 20 2f 0d 0a ff', text: 'GET /···' }, { offset: '0008', hex: '21                     ', text: '!' }]);
    expect(hexLines(new Uint8Array(2000))).toHaveLength(64);
    expect(hexLines(new Uint8Array())).toEqual([]);
  });
});

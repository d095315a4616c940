/** What the picture shows, still without coordinates: lanes and, per event, one mark. */
import type { Actor, TraceEvent } from '../core/protocol.ts';
import { asResult } from './details.ts';

/** `hostile`: with the attacker, but nothing in it is forged. */
export type Tone = 'neutral' | 'verified' | 'unchecked' | 'hostile' | 'forged' | 'failed';
export type Glyph = 'none' | 'mask' | 'lock' | 'cross' | 'check' | 'skip' | 'leak' | 'cache' | 'log' | 'flag';
export interface Lane { actor: Actor; name: string }
export interface Mark {
  event: number;
  shape: 'arrow' | 'spot' | 'none';
  from: number;
  to: number;
  tone: Tone;
  glyph: Glyph;
  /** A word or two from the message itself; empty: nothing that fits beside an arrow. */
  label: string;
  /** Arrived, and was thrown away. */
  dropped: boolean;
  when: 'past' | 'now' | 'later';
}
export interface Scene { lanes: Lane[]; marks: Mark[]; step: number }

const ORDER: Actor[] = ['caller', 'app', 'resolver', 'authority', 'attacker', 'upstream', 'nobody'];
export const actorName: Record<Actor, string> = {
  caller: 'Your caller', app: 'Your app', resolver: 'Resolver', authority: 'DNS authority',
  attacker: 'Attacker', upstream: 'Genuine host', nobody: 'Nobody',
};

/** Where a message went over a connection that proved who is at the other end. */
function secured(events: readonly TraceEvent[]): Set<number> {
  const calls = new Map<number, 'verified' | 'unchecked'>();
  const inside = new Set<number>();
  const skipped = new Set<number>();
  for (const event of events) {
    if (event.kind === 'tls-hello') skipped.delete(event.call);
    if (event.kind === 'tls-check' && asResult(event.fields['result'] ?? event.fields['state']) === 'skipped') skipped.add(event.call);
    if (event.kind === 'tls-established') calls.set(event.call, skipped.has(event.call) ? 'unchecked' : 'verified');
    if (event.kind === 'connection-closed') calls.delete(event.call);
    const wire = event.kind.startsWith('http-') || event.kind === 'data' || event.kind === 'tls-established';
    if (wire && calls.get(event.call) === 'verified') inside.add(event.number);
  }
  return inside;
}

function toneOf(event: TraceEvent, verified: Set<number>): Tone {
  const result = asResult(event.fields['result'] ?? event.fields['state']);
  switch (event.kind) {
    case 'tls-check':
      return result === 'failed' ? 'verified' : result === 'skipped' ? 'unchecked' : result === 'ok' ? 'verified' : 'neutral';
    case 'tls-failed':
      return 'verified';
    case 'leak':
      return 'hostile';
    case 'tcp-refused':
    case 'tcp-timeout':
    case 'exception-seen':
      return 'failed';
    case 'verdict':
      return event.fields['verdict'] === 'compromised' ? 'forged' : 'neutral';
  }
  if (event.to === 'attacker') return 'hostile';
  if (event.kind === 'dns-query' && event.from === 'attacker') return 'hostile';
  const poisoned = event.fields['poisoned'] === 'yes';
  if (event.kind === 'dns-cached' || event.kind === 'dns-answer') return poisoned && event.fields['kept'] !== 'no' ? 'forged' : 'neutral';
  if (event.hostile || event.from === 'attacker') return 'forged';
  if (event.fields['encrypted'] === 'no') return 'unchecked';
  if (verified.has(event.number)) return 'verified';
  if (event.kind.startsWith('http-') || event.kind === 'data') return event.from === 'caller' || event.to === 'caller' ? 'neutral' : 'unchecked';
  return 'neutral';
}

function glyphOf(event: TraceEvent, tone: Tone): Glyph {
  switch (event.kind) {
    case 'tls-check': {
      const result = asResult(event.fields['result'] ?? event.fields['state']);
      return result === 'failed' ? 'cross' : result === 'ok' ? 'check' : 'skip';
    }
    case 'tls-failed':
    case 'tcp-refused':
    case 'tcp-timeout':
    case 'exception-seen':
      return 'cross';
    case 'leak':
      return 'leak';
    case 'dns-cached':
      return tone === 'forged' ? 'mask' : 'cache';
    case 'app-log':
      return 'log';
    case 'verdict':
      return 'flag';
  }
  if (tone === 'forged') return 'mask';
  return tone === 'verified' ? 'lock' : 'none';
}

const NONE = ['', undefined];
const tail = (name: string) => name.split('.').slice(-1)[0]!;

/** What stands on the wire, as short as it can be said: a picture of arrows alone explains nothing. */
export function labelOf({ kind, fields }: TraceEvent): string {
  switch (kind) {
    case 'request-arrived':
      return `${fields['method']} ${fields['path']}`;
    case 'response-sent':
    case 'http-response':
      return fields['status'] ?? '';
    case 'call-begins':
      return fields['host'] ?? '';
    case 'dns-query':
      return `${fields['type']}?`;
    case 'dns-answer':
      return !NONE.includes(fields['values']) ? fields['values']! : fields['rcode'] === 'NOERROR' ? '' : (fields['rcode'] ?? '');
    case 'dns-forged':
      return `id ${fields['id']}`;
    case 'dns-cached':
      return fields['value'] ?? '';
    case 'dns-race':
      return fields['forged'] ? `${Number(fields['forged']).toLocaleString('en')} forgeries` : '';
    case 'tcp-connect':
      return `TCP ${fields['port']}`;
    case 'tls-hello':
      return 'TLS hello';
    case 'tls-certificate':
      return 'certificate';
    case 'tls-check':
      return fields['check'] ?? '';
    case 'tls-established':
      return 'TLS';
    case 'tls-failed':
      return 'TLS alert';
    case 'http-request':
      return `${fields['method']} ${fields['target']}`;
    case 'leak':
      return fields['secret'] ?? '';
    case 'exception-seen':
      return tail(fields['class'] ?? '');
    default:
      return '';
  }
}

/** Told about the run as a whole: it has no place in the picture. */
const nowhere = (event: TraceEvent) => event.from === 'nobody' && event.to === 'nobody';

export function makeScene(events: readonly TraceEvent[], step: number): Scene {
  const present = new Set<Actor>(events.filter((e) => !nowhere(e)).flatMap((e) => [e.from, e.to]));
  const lanes = ORDER.filter((actor) => present.has(actor)).map((actor) => ({ actor, name: actorName[actor] }));
  const index = (actor: Actor) => lanes.findIndex((lane) => lane.actor === actor);
  const verified = secured(events);
  const marks = events.map((event, i): Mark => {
    const tone = toneOf(event, verified);
    return {
      event: event.number,
      shape: nowhere(event) ? 'none' : event.from === event.to ? 'spot' : 'arrow',
      from: index(event.from),
      to: index(event.to),
      tone,
      glyph: glyphOf(event, tone),
      label: labelOf(event),
      dropped: event.kind.startsWith('dns-') && event.fields['accepted'] === 'no',
      when: i < step ? 'past' : i === step ? 'now' : 'later',
    };
  });
  return { lanes, marks, step };
}

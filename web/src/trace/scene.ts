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
      dropped: event.kind.startsWith('dns-') && event.fields['accepted'] === 'no',
      when: i < step ? 'past' : i === step ? 'now' : 'later',
    };
  });
  return { lanes, marks, step };
}

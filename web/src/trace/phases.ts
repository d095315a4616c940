/** Parts of a trace, so that a long one can be read: what came beforehand, the lookup, the connection … */
import type { TraceEvent } from '../core/protocol.ts';

export interface Phase { at: number; title: string }

type Part = 'start' | 'caller' | 'lookup' | 'connection' | 'exchange' | 'answer';
const TITLES: Record<Part, string> = {
  start: 'While the app starts', caller: 'A caller asks', lookup: 'The name is looked up', connection: 'Who is there?',
  exchange: 'What is said', answer: 'The caller is answered',
};

/** How many events at the beginning belong to the attack on the resolver, before the app does anything. */
export function beforehand(events: readonly TraceEvent[]): number {
  const first = events.findIndex((event) => !event.kind.startsWith('dns-'));
  return Math.max(0, first);
}

export function beforehandTitle(events: readonly TraceEvent[], count: number): string {
  const cached = events.slice(0, count).some((e) => e.kind === 'dns-cached' && e.fields['poisoned'] === 'yes' && e.fields['kept'] !== 'no');
  const tried = events.slice(0, count).some((e) => e.hostile);
  return cached ? 'Beforehand: the attacker poisons the resolver’s cache' : tried ? 'Beforehand: the attacker tries to poison the resolver’s cache' : 'Beforehand: the resolver';
}

/** Null: belongs to whatever part it stands in. */
function partOf(event: TraceEvent): Part | null {
  const { kind } = event;
  if (kind === 'request-arrived' || kind === 'call-begins') return 'caller';
  if (kind === 'response-sent' || kind === 'verdict') return 'answer';
  if (kind.startsWith('dns-')) return 'lookup';
  if (kind.startsWith('tcp-') || kind.startsWith('tls-')) return 'connection';
  if (kind.startsWith('http-') || kind === 'data' || kind === 'leak') return 'exchange';
  return null;
}

/** `starting`: whether an event belongs to the start of the app. */
export function phases(events: readonly TraceEvent[], starting: (event: TraceEvent) => boolean = () => false): Phase[] {
  const found: Phase[] = [];
  let current: Part | null = null;
  let call = 0;
  for (let at = beforehand(events); at < events.length; at += 1) {
    const event = events[at]!;
    let part = partOf(event);
    // A further call of the same request is no new caller, but the start of another lookup or connection.
    if (event.kind === 'call-begins' && current !== null && current !== 'start') part = current === 'caller' ? 'caller' : null;
    if (starting(event) && (current === null || current === 'start') && (part === 'caller' || part === null)) part = 'start';
    const another = event.call !== 0 && event.call !== call && (part === 'lookup' || part === 'connection');
    if (event.call !== 0 && part !== null) call = event.call;
    if (part === null || (part === current && !another)) continue;
    if (part === current && found.at(-1)?.at === at - 1) continue;
    current = part;
    found.push({ at, title: TITLES[part] });
  }
  return found;
}

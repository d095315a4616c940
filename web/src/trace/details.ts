/** What the learner sees of one event: its fields, and, where it is about checks, the checklist. */
import type { TraceEvent } from '../core/protocol.ts';
import { fromBase64 } from './bytes.ts';

export type CheckResult = 'ok' | 'failed' | 'skipped' | 'later' | 'open';
export interface Check { name: string; result: CheckResult; detail: string; event: number }
export interface Details {
  title: string;
  checks: Check[];
  checksTitle: string;
  fields: { name: string; value: string }[];
  bytes: Uint8Array;
}

const TITLES: Record<string, string> = {
  'request-arrived': 'Your caller asks', 'response-sent': 'Your caller is answered', 'app-log': 'Log line',
  'exception-seen': 'Exception', 'call-begins': 'Outbound call', 'call-ends': 'Call ends',
  'dns-query': 'DNS question', 'dns-answer': 'DNS answer', 'dns-forged': 'Forged DNS answer',
  'dns-cached': 'Resolver cache', 'dns-race': 'Lost races', 'tcp-connect': 'Connection',
  'tcp-refused': 'Connection refused', 'tcp-timeout': 'No answer', 'tls-hello': 'TLS hello',
  'tls-certificate': 'Certificate', 'tls-check': 'Certificate check', 'tls-established': 'TLS established',
  'tls-failed': 'TLS refused', 'http-request': 'HTTP request', 'http-response': 'HTTP response',
  data: 'Data', 'connection-closed': 'Connection closed', leak: 'Leak', verdict: 'Verdict',
};

const WORDS: Record<string, CheckResult> = {
  ok: 'ok', yes: 'ok', true: 'ok', match: 'ok', matches: 'ok', passed: 'ok', good: 'ok', right: 'ok', done: 'ok', inside: 'ok',
  failed: 'failed', no: 'failed', false: 'failed', mismatch: 'failed', wrong: 'failed', outside: 'failed', refused: 'failed',
  skipped: 'skipped', off: 'skipped', 'not done': 'skipped', 'not checked': 'skipped', unchecked: 'skipped',
  'not looked at': 'skipped', later: 'later',
};

export function asResult(word: string | undefined): CheckResult | null {
  if (word === undefined) return null;
  const lower = word.trim().toLowerCase();
  return WORDS[lower] ?? WORDS[lower.split(/[\s:,(]/)[0]!] ?? null;
}

export const titleOf = (event: TraceEvent): string =>
  TITLES[event.kind] ?? event.kind.replaceAll('-', ' ').replace(/^./, (c) => c.toUpperCase());

const spoken = (name: string) => name.replaceAll('_', ' ').replaceAll('-', ' ');

/** The checks of one handshake up to here: those of the same call since its last hello. */
function tlsChecks(event: TraceEvent, all: readonly TraceEvent[]): Check[] {
  const at = all.indexOf(event);
  const checks: Check[] = [];
  for (let i = at; i >= 0; i -= 1) {
    const other = all[i]!;
    if (other.call !== event.call) continue;
    if (other.kind === 'tls-hello') break;
    if (other.kind === 'tls-check') checks.unshift(tlsCheck(other));
  }
  return checks;
}

function tlsCheck(event: TraceEvent): Check {
  const { check, name, result, state, status, ...rest } = event.fields;
  const given = result ?? state ?? status;
  const title = check ?? name ?? event.sentence;
  const detail = rest['because'] ?? rest['why'] ?? rest['detail'] ?? '';
  return { name: spoken(title), result: asResult(given) ?? 'open', detail, event: event.number };
}

function fieldChecks(event: TraceEvent): Check[] {
  return Object.entries(event.fields)
    .filter(([name]) => name !== 'accepted' && name !== 'poisoned')
    .flatMap(([name, value]) => {
      const result = asResult(value);
      if (!result) return [];
      const detail = value.replace(/^[A-Za-z]+[\s:,]*/, '').replace(/^\((.*)\)$/, '$1');
      return [{ name: spoken(name), result, detail, event: event.number }];
    });
}

/** `chain-check: no` and `chain-check-because: argument` are one line. */
function withReasons(fields: Record<string, string>): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    if (name.endsWith('-because') && name.slice(0, -8) in fields) return [];
    const because = fields[`${name}-because`];
    return [[name, because ? `${value} (${because})` : value]];
  });
}

/** Made up by the attacker, or kept because of him; what the app sends to him is hostile too, but genuine. */
export const isForged = (event: TraceEvent): boolean =>
  event.hostile && (event.from === 'attacker' || event.fields['poisoned'] === 'yes') && event.kind !== 'dns-query' && event.kind !== 'dns-race';

export function detailsOf(event: TraceEvent, all: readonly TraceEvent[]): Details {
  let checks: Check[] = [];
  let checksTitle = '';
  let fields = withReasons(event.fields);
  if (event.kind.startsWith('tls-')) {
    checks = tlsChecks(event, all);
    checksTitle = 'What the client checked';
    if (event.kind === 'tls-check') fields = [];
  } else if (event.kind === 'dns-forged' || event.kind === 'dns-answer') {
    checks = fieldChecks(event);
    checksTitle = 'What the resolver checked';
    const names = new Set(checks.map((c) => c.name));
    fields = fields.filter(([name]) => !names.has(spoken(name)));
  }
  // The sentence says all of it.
  if (event.kind === 'verdict') fields = [];
  return {
    title: titleOf(event),
    checks,
    checksTitle,
    fields: fields.filter(([, value]) => value !== '').map(([name, value]) => ({ name: spoken(name), value })),
    bytes: event.bytes ? fromBase64(event.bytes) : new Uint8Array(),
  };
}

export const resultText: Record<CheckResult, string> = {
  ok: 'passed', failed: 'failed', skipped: 'not done', later: 'done later', open: 'seen',
};

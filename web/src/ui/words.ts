import type { Finding, Verdict } from '../core/protocol.ts';

export const verdictWord: Record<Verdict, string> = {
  safe: 'safe', blocked: 'blocked', failed: 'failed', compromised: 'compromised', 'not-modelled': 'unknown',
};

export const verdictMeaning: Record<Verdict, string> = {
  safe: 'The genuine host answered, or nobody was asked',
  blocked: 'The impostor was noticed and refused',
  failed: 'No answer; nothing was given away',
  compromised: 'The impostor was believed, or got something',
  'not-modelled': 'The page does not know what this code does',
};

export const severityWord: Record<Finding['severity'], string> = {
  critical: 'critical', high: 'high', medium: 'medium', low: 'low',
};

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const PHRASES: Record<number, string> = {
  200: 'OK', 201: 'Created', 204: 'No Content', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found',
  422: 'Unprocessable Content', 429: 'Too Many Requests', 500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout',
};
export const statusText = (status: number): string => (PHRASES[status] ? `${status} ${PHRASES[status]}` : String(status));

/** A remark of the core as a sentence; a host's name at its beginning stays as it is. */
export function sentence(text: string): string {
  if (text === '') return '';
  const begun = /^[a-z]+(\s|:|$)/.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

export const fixKey = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '') ? '⌘ .' : 'Ctrl .';

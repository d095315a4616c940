// When is an outcome equal to the recorded one? The four levels of tests/reality/compare.py, restated:
//   L1 verdict, leaked, forged_response_used
//   L2 connections and lookups
//   L3 the app's response, exception classes
//   L4 exception messages, and the requests that the far side received
const DULL = new Set(['connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'accept', 'sec-websocket-key',
  'sec-websocket-version', 'sec-websocket-extensions', 'upgrade', 'keep-alive', 'date', 'server']);
const VOLATILE = [
  [/_ssl\.c:\d+/g, '_ssl.c:N'], [/0x[0-9a-fA-F]{4,}|0xADDRESS/g, '0xADDRESS'],
  [/\('(198\.51\.100\.250|2001:db8:ffff::250)', (\d+|PORT)/g, "('$1', PORT"],
  [/boundary=[0-9A-Za-z]{16,}|boundary=BOUNDARY/g, 'boundary=BOUNDARY'], [/--[0-9a-f]{32}|--BOUNDARY/g, '--BOUNDARY'],
  [/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/g, 'DATE'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID'],
];

function plain(value) {
  if (typeof value === 'string') return VOLATILE.reduce((text, [pattern, label]) => text.replace(pattern, label), value);
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
  return value;
}
function chain(error) {
  const found = [];
  for (let at = error; at && typeof at === 'object'; at = at.cause) {
    found.push(at);
    for (const one of at.group ?? []) found.push(...chain(one));
  }
  return found;
}
function exceptions(outcome) {
  const found = (outcome.exceptions_seen ?? []).map((seen) => [seen.function ?? '', chain(seen)]);
  const unhandled = outcome.response?.exception;
  if (unhandled) found.push(['(left the app)', chain(unhandled)]);
  for (const failure of outcome.app_failed ?? []) found.push([failure.at ?? '', chain(failure.error)]);
  return found;
}
// Objects are compared by content, so keys are put in order.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value && typeof value === 'object') return `{${Object.keys(value).sort().map((k) => `${JSON.stringify(k)}:${canonical(value[k])}`).join(',')}}`;
  return JSON.stringify(value) ?? 'null';
}
const sortedIf = (concurrent, items) => (concurrent ? [...items].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1)) : items);

function received(connection) {
  return {
    to: `${connection.address}:${connection.port}`,
    requests: (connection.requests ?? []).map((request) => ({
      method: request.method, target: request.target, body: request.body ?? null,
      headers: Object.fromEntries(Object.entries(request.headers ?? {}).map(([k, v]) => [k.toLowerCase(), v]).filter(([k]) => !DULL.has(k))),
      ...('websocket' in request ? { websocket: request.websocket } : {}),
    })),
    raw: connection.raw ?? '',
  };
}

export function view(outcome, concurrent) {
  const connections = (outcome.connections ?? []).map((connection) => ({
    host: connection.host, address: connection.address, port: connection.port, peer: connection.peer, connect: connection.connect,
    reused: connection.reused ?? false, tunnel_to: connection.tunnel_to ?? null, tls: connection.tls?.state ?? '-',
    sni: connection.tls?.sni ?? null, tls_error: connection.tls?.error?.class ?? null,
  }));
  const response = outcome.response;
  const seen = sortedIf(concurrent, exceptions(plain(outcome)));
  return {
    L1: { verdict: outcome.verdict, leaked: [...(outcome.leaked ?? [])].sort(), forged: Boolean(outcome.forged_response_used) },
    L2: {
      connections: sortedIf(concurrent, connections),
      lookups: sortedIf(concurrent, (outcome.lookups ?? []).map(({ name, type, answer }) => ({ name, type, answer }))),
    },
    L3: plain({
      response: response === undefined ? null
        : { status: response.status ?? null, json: response.json ?? null, text: response.text ?? null, broken: 'broken' in response },
      exceptions: seen.map(([where, links]) => [where, links.map((e) => e.class)]),
    }),
    L4: plain({
      messages: seen.map(([where, links]) => [where, links.map((e) => e.message)]),
      tls_messages: sortedIf(concurrent, (outcome.connections ?? []).map((c) => c.tls?.error?.message ?? null)),
      received: sortedIf(concurrent, (outcome.connections ?? []).map(received)),
    }),
  };
}

function firstDifference(path, expected, got) {
  if (canonical(expected) === canonical(got)) return null;
  const short = (value) => { const text = canonical(value); return text.length > 150 ? `${text.slice(0, 149)}…` : text; };
  if (Array.isArray(expected) && Array.isArray(got)) {
    for (let i = 0; i < Math.min(expected.length, got.length); i += 1) {
      const found = firstDifference(`${path}[${i}]`, expected[i], got[i]);
      if (found) return found;
    }
    return `${path}: ${expected.length} expected, got ${got.length}`;
  }
  if (expected && got && typeof expected === 'object' && typeof got === 'object') {
    for (const name of new Set([...Object.keys(expected), ...Object.keys(got)])) {
      const found = firstDifference(path ? `${path}.${name}` : name, expected[name], got[name]);
      if (found) return found;
    }
  }
  return `${path}: ${short(expected)} expected, got ${short(got)}`;
}

/** [highest level that is equal or null, the first difference] */
export function judge(expected, got, concurrent) {
  const one = view(expected, concurrent);
  const other = view(got, concurrent);
  let reached = null;
  for (const level of ['L1', 'L2', 'L3', 'L4']) {
    const difference = firstDifference('', one[level], other[level]);
    if (difference) return [reached, `${level} ${difference}`];
    reached = level;
  }
  return [reached, ''];
}

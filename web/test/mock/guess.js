/** Plausible replies for the stand-in of the core. */
export const WORLDS = [
  ['honest', 'Nobody attacks', 'The DNS tells the truth and every service is genuine.'],
  ['poisoned-nxdomain', 'The name vanishes', 'The attacker makes the resolver believe that the name does not exist; he gains nothing but that the service is gone.'],
  ['poisoned-blackhole', 'The name leads nowhere', 'The attacker makes the name lead to an address where nothing answers; he gains nothing but that callers wait.'],
  ['poisoned-plain-only', 'Impostor without certificate', "The name leads to the attacker's machine, which answers in plain text and cannot speak TLS at all."],
  ['poisoned-selfsigned', 'Self-signed certificate', "The name leads to the attacker's machine, which shows a certificate that he signed himself."],
  ['poisoned-own-domain', 'Certificate for his own domain', "The name leads to the attacker's machine, which shows a genuine certificate for a domain that he owns."],
  ['poisoned-expired', 'Stolen old certificate', "The name leads to the attacker's machine, which shows the victim's own certificate of last year; he got hold of its key, but it has expired."],
  ['poisoned-misissued', 'Mis-issued certificate', "The name leads to the attacker's machine, which shows a valid certificate for the victim's name: a public authority was deceived."],
].map(([name, title, description], rung) => ({ name, rung, title, description }));

export function rangeOf(text, from, to) {
  const place = (at) => {
    const before = text.slice(0, at).split('\n');
    return [before.length, before.at(-1).length + 1];
  };
  const [line, column] = place(from);
  const [endLine, endColumn] = place(to);
  return { file: 0, from, to, line, column, endLine, endColumn };
}

function find(text, pattern) {
  const found = pattern.exec(text);
  return found ? { range: rangeOf(text, found.index, found.index + found[0].length), found } : null;
}

/** What the text seems to do. */
export function read(text) {
  const routes = [...text.matchAll(/@app\.(get|post)\("([^"]+)"\)/g)].map((m) => ({
    method: m[1].toUpperCase(), path: m[2], range: rangeOf(text, m.index, m.index + m[0].length),
  }));
  const url = find(text, /https?:\/\/[\w.-]+(?::\d+)?/);
  const off = find(text, /verify=False|session\.verify = False|verify_tls: bool = False/);
  const name = find(text, /context\.check_hostname = False/);
  const plain = find(text, /http:\/\/[\w.-]+/);
  const secret = find(text, /(authorization|X-Internal-Key|PRIVATE-TOKEN|X-Auth-Token|billing_token)/);
  return { routes, url, off, name, plain, secret, tls: Boolean(url && url.found[0].startsWith('https')), host: url?.found[0].replace(/^https?:\/\//, '').replace(/:\d+$/, '') ?? '' };
}

export function verdictOf(code, world) {
  if (!code.url) return 'safe';
  if (/^\d/.test(code.host)) return 'failed';
  if (world === 'honest') return 'safe';
  if (world === 'poisoned-nxdomain' || world === 'poisoned-blackhole') return 'failed';
  if (code.plain) return 'compromised';
  if (world === 'poisoned-plain-only') return 'failed';
  if (code.off || world === 'poisoned-misissued') return 'compromised';
  if (code.name && world === 'poisoned-own-domain') return 'compromised';
  return 'blocked';
}

const leakedBy = (code, verdict) => (verdict === 'compromised' ? [code.secret ? code.secret.found[0] : 'amount'] : []);

export function analyse(text) {
  const code = read(text);
  const diagnostics = [];
  const broken = find(text, /^(async )?def \w+\([^)]*\)\s*$/m);
  if (broken) diagnostics.push({ severity: 'error', code: 'syntax', message: "expected ':'", range: broken.range });
  const findings = [];
  const base = { owaspApi2023: ['API8', 'API10'], related: [], conditions: [], function: 'process_payment' };
  if (code.off) {
    const { from, to } = code.off.range;
    const replacement = code.off.found[0].replace('False', 'True');
    findings.push({
      ...base, rule: 'tls-verify-disabled', name: 'Certificate verification is off', category: 'Encryption', cwe: 295,
      severity: 'high', range: code.off.range, related: [{ label: 'used by this call', range: code.url.range }],
      message: `The certificate is not verified, so whoever answers for ${code.host} is believed: ${code.secret ? 'a secret' : "the caller's input"} would go to him.`,
      fixes: [{ title: 'Verify certificates', edits: [{ range: rangeOf(text, from, to), text: replacement }] }],
    });
  }
  if (code.name) {
    findings.push({
      ...base, rule: 'hostname-check-disabled', name: "The certificate's name is not checked", category: 'Data Exposure', cwe: 297,
      severity: 'high', range: code.name.range,
      message: `The certificate's name is not compared with ${code.host}: anybody with a valid certificate for a domain of his own is taken for it.`,
      fixes: [{ title: 'Check the name', edits: [{ range: code.name.range, text: 'context.check_hostname = True' }] }],
    });
  }
  if (code.plain) {
    findings.push({
      ...base, rule: 'cleartext-transport', name: 'Data is sent to another machine in plain text', category: 'Encryption', cwe: 319,
      severity: 'critical', range: code.plain.range, message: `Plain text to ${code.host}: whoever answers for that name, or sits on the way, reads what is sent and writes the answer.`,
      conditions: text.includes('except httpx.ConnectError') ? [{ text: 'only after ConnectError', range: find(text, /except httpx.ConnectError/).range }] : [],
      fixes: [{ title: 'Use https://', edits: [{ range: rangeOf(text, code.plain.range.from, code.plain.range.from + 7), text: 'https://' }] }],
    });
  }
  const rows = code.routes.map((route, request) => ({
    request, label: `${route.method} ${route.path}`, method: route.method, path: route.path, range: route.range,
    cells: WORLDS.map((world) => {
      const verdict = text.includes('MOCK_UNKNOWN') ? 'not-modelled' : verdictOf(code, world.name);
      const leaked = leakedBy(code, verdict);
      return {
        world: world.name, verdict, leaked, forgedResponseUsed: verdict === 'compromised', status: verdict === 'failed' ? 500 : 200,
        summary: { safe: 'Answered by the genuine host.', failed: 'The call failed; nothing was given away.', blocked: 'The certificate check refused the impostor.', compromised: `The impostor was believed and got ${leaked.join(', ')}.`, 'not-modelled': 'The page does not know what this code does.' }[verdict],
      };
    }),
  }));
  const winner = rows.length ? WORLDS.find((w) => rows[0].cells.find((c) => c.world === w.name).verdict === 'compromised') : null;
  const easy = winner && winner.rung < 7;
  const headline = rows.length === 0
    ? { world: null, request: null, text: 'Nothing to attack yet', detail: 'There is no endpoint in this code that calls another service.', leaked: [], tone: 'unknown' }
    : !winner ? { world: null, request: null, text: 'No attacker of the ladder wins', detail: 'The code fails without giving anything away.', leaked: [], tone: 'safe' }
    : easy ? { world: winner.name, request: 0, text: `${winner.title}: that is enough to win`, detail: `With the DNS poisoned, the impostor needs nothing more. He gets ${leakedBy(code, 'compromised').join(', ')} and writes the answer.`, leaked: leakedBy(code, 'compromised'), tone: 'attack' }
    : { world: winner.name, request: 0, text: 'Only a mis-issued certificate gets through', detail: 'A public authority would have to be deceived first. Everything weaker is noticed.', leaked: leakedBy(code, 'compromised'), tone: 'warning' };
  const calls = code.url ? [{
    id: 1, library: 'httpx', callable: 'AsyncClient.get', method: 'GET', url: `${code.url.found[0]}/charge`, range: code.url.range,
    trusts: [
      { name: 'Chain', value: code.off ? 'not checked' : 'checked', why: code.off ? 'argument verify=False' : 'default of httpx 0.28', range: code.off?.range ?? null },
      { name: 'Name', value: code.off || code.name ? 'not checked' : `must be ${code.host}`, why: 'from the URL', range: null },
      { name: 'Roots', value: 'public authorities (certifi)', why: 'default of httpx 0.28', range: null },
      { name: 'Redirects', value: 'not followed', why: 'default of httpx 0.28', range: null },
    ],
  }] : [];
  return {
    api: 1, ok: true, diagnostics, findings, worlds: WORLDS, rows, headline, calls,
    notModelled: text.includes('MOCK_UNKNOWN') ? [{ what: 'grpc.aio.insecure_channel', count: 2, range: rangeOf(text, 0, 5) }] : [],
    assumptions: code.host ? [`${code.host} exists and answers what the code reads`, 'amount=100 is looked for in what the attacker receives'] : [],
    scenario: {},
  };
}

const CERTIFICATES = {
  honest: ['%', 'public CA', ['ok', 'ok', 'ok']],
  'poisoned-selfsigned': ['%', 'self-signed', ['failed', 'ok', 'ok']],
  'poisoned-own-domain': ['attacker-owned.example', 'public CA', ['ok', 'ok', 'failed']],
  'poisoned-expired': ['%', 'public CA', ['ok', 'failed', 'ok']],
  'poisoned-misissued': ['%', 'public CA', ['ok', 'ok', 'ok']],
};

export function play(text, worldName) {
  const code = read(text);
  const world = WORLDS.find((w) => w.name === worldName) ?? WORLDS[0];
  const verdict = verdictOf(code, world.name);
  const events = [];
  let time = 0;
  const add = (kind, from, to, sentence, fields = {}, hostile = false, range = code.url?.range ?? null) =>
    events.push({ number: events.length + 1, timeUs: (time += 800), kind, from, to, sentence, fields, hostile, call: 1, range, outcome: 0 });
  const route = code.routes[0] ?? { method: 'GET', path: '/', range: null };
  const host = code.host;
  const lied = world.rung > 0;
  const address = lied ? '203.0.113.10' : '192.0.2.10';
  const other = lied ? 'attacker' : 'upstream';
  add('request-arrived', 'caller', 'app', `Your caller asks ${route.method} ${route.path}.`, { method: route.method, target: route.path }, false, route.range);
  add('call-begins', 'app', 'app', `httpx is told to get ${code.url?.found[0]}/charge.`, { url: `${code.url?.found[0]}/charge`, 'chain check': code.off ? 'off (verify=False)' : 'on (default)', 'name check': code.off || code.name ? 'off' : `on: ${host}` });
  add('dns-query', 'app', 'resolver', `Your app asks the resolver for the address of ${host}.`, { name: host, type: 'A', id: '0x3fa1' });
  add('dns-query', 'resolver', 'authority', `The resolver does not know and asks the authority for ${host}.`, { name: host, type: 'A', id: '0x91c4', 'source port': '40112' });
  if (lied) add('dns-forged', 'attacker', 'resolver', `The attacker answers first: ${host} is at ${address}, he says, and the resolver believes it.`, { accepted: 'yes', address: 'ok: sent as from 192.0.2.53', port: 'ok: 40112', id: 'ok: 0x91c4', question: 'ok', bailiwick: 'ok: inside payment-provider.com' }, true);
  else add('dns-answer', 'authority', 'resolver', `The authority answers: ${host} is at ${address}.`, { address });
  add('dns-cached', 'resolver', 'resolver', `The resolver remembers ${address} for the next 300 seconds.`, { name: host, type: 'A', value: address, ttl: '300', poisoned: lied ? 'yes' : 'no' }, lied);
  add('dns-answer', 'resolver', 'app', `The resolver tells your app: ${host} is at ${address}.`, { name: host, address }, lied);
  add('tcp-connect', 'app', other, `Your app connects to ${address}, port ${code.tls ? 443 : 80}.`, { address, port: code.tls ? '443' : '80' }, lied);
  if (code.tls) {
    const [name, issuer, results] = CERTIFICATES[world.name] ?? CERTIFICATES.honest;
    add('tls-hello', 'app', other, `Your app starts TLS and asks for ${host}.`, { 'server name': host, version: '1.3' }, lied);
    add('tls-certificate', other, 'app', `The other side shows a certificate for ${name.replace('%', host)}.`, { names: name.replace('%', host), issuer }, lied);
    let failed = null;
    for (const [i, check] of ['chain', 'validity', 'name'].entries()) {
      const skipped = code.off || (check === 'name' && code.name);
      const result = skipped ? 'skipped' : results[i];
      if (failed) break;
      if (result === 'failed') failed = check;
      add('tls-check', 'app', 'app', { ok: `The ${check} is right.`, failed: `The ${check} is wrong: this is not ${host}.`, skipped: `The ${check} is not checked.` }[result], { check, result, why: skipped ? 'verify=False, line 12' : { chain: issuer, validity: '2025-01-01 to 2027-01-01', name: name.replace('%', host) }[check] });
    }
    if (failed) {
      add('tls-failed', 'app', other, 'Your app refuses the handshake and hangs up.', { error: 'CERTIFICATE_VERIFY_FAILED' }, lied);
      add('exception-seen', 'app', 'app', 'httpx.ConnectError reaches process_payment.', { class: 'httpx.ConnectError', message: '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed' });
    } else add('tls-established', 'app', other, 'Both sides agree on keys: from here on the connection is encrypted.', { version: 'TLSv1.3' }, lied);
  }
  if (verdict === 'compromised' || verdict === 'safe') {
    add('http-request', 'app', other, 'Your app sends GET /charge?amount=100.', { method: 'GET', target: '/charge?amount=100', Host: host }, lied);
    if (lied) add('leak', 'attacker', 'attacker', `The attacker now has: ${leakedBy(code, verdict).join(', ')}.`, { secret: leakedBy(code, verdict).join(', ') }, true);
    add('http-response', other, 'app', lied ? 'The attacker answers with what he likes: "charged".' : 'The genuine host answers: charged.', { status: '200' }, lied);
  }
  const status = verdict === 'failed' ? 500 : 200;
  const json = verdict === 'compromised' ? { status: 'charged', id: 'FORGED-1' } : verdict === 'safe' ? { status: 'charged', id: 'ch_1001' } : { error: 'Payment service unavailable' };
  add('response-sent', 'app', 'caller', `Your caller gets ${status}.`, { status: String(status) }, false, route.range);
  add('verdict', 'nobody', 'nobody', { safe: 'Safe: the genuine host was asked and answered.', blocked: 'Blocked: the impostor was noticed before anything was sent.', failed: 'Failed: no answer, nothing given away.', compromised: 'Compromised: the impostor was believed.' }[verdict], { verdict });
  events.at(-1).from = events.at(-1).to = 'app';
  return {
    api: 1, ok: true, world, events, sha256: `${world.name}:${text.length}:${verdict}`, notModelled: [], output: '',
    outcomes: code.routes.map((r) => ({
      world: world.name, request: { method: r.method, path: r.path }, response: { status, json, headers: { 'content-type': 'application/json' } },
      lookups: [], connections: [], exceptions_seen: verdict === 'blocked' ? [{ function: 'process_payment', class: 'httpx.ConnectError', message: 'certificate verify failed' }] : [],
      verdict, forged_response_used: verdict === 'compromised', leaked: leakedBy(code, verdict),
    })),
    attackerGot: [{
      outcome: 0,
      lines: verdict === 'compromised'
        ? [{ label: 'Request', text: 'GET /charge?amount=100 HTTP/1.1', secret: true }, { label: 'Host', text: host, secret: false }, { label: 'User-Agent', text: 'python-httpx/0.28.1', secret: false }, ...(code.secret ? [{ label: 'Authorization', text: 'Bearer tok-5501-ab', secret: true }] : [])]
        : verdict === 'blocked' ? [{ label: 'TLS hello', text: `server name ${host}`, secret: false }] : [],
    }],
  };
}

export function lesson(definition, text) {
  const analysis = analyse(text);
  const atoms = [];
  const walk = (node) => {
    for (const child of node.all ?? node.any ?? []) walk(child);
    if (node.not) walk(node.not);
    if (!node.id) return;
    const passed = node.finding ? analysis.findings.length <= (node.finding.max ?? 99)
      : node.outcome ? analysis.rows.every((r) => r.cells.find((c) => c.world === node.outcome.world)?.verdict === node.outcome.verdict)
      : text.includes('httpx');
    atoms.push({ id: node.id, text: node.text, passed, detail: passed ? '' : 'not yet' });
  };
  walk(definition.goal);
  return { api: 1, ok: true, passed: atoms.every((a) => a.passed), atoms, analysis };
}

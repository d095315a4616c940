// Captures: does tshark read every packet as the trace tells it?
//   node tests/capture/run.mjs --native BINARY [--only TEXT] [--all] [--set own]
// For the visible cases (--all: in every world; otherwise each case in three of its worlds, taking turns): nothing
// malformed, no wrong checksum, no error among tshark's expert remarks; the DNS messages, server names,
// certificates' names and HTTP requests are those of the trace.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : undefined;
};
const set = join(here, '..', 'reality', option('set') ?? 'visible');
const native = option('native');
const only = option('only') ?? '';
const everyWorld = process.argv.includes('--all');
const folder = mkdtempSync(join(tmpdir(), 'wronghost-capture-'));

const core = spawn(native, ['answer'], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: core.stdout })[Symbol.asyncIterator]();
async function ask(text) {
  core.stdin.write(`${text}\n`);
  return JSON.parse((await lines.next()).value);
}

const FIELDS = ['_ws.malformed', '_ws.expert.severity', '_ws.expert.message', 'ip.checksum.status', 'udp.checksum.status',
  'tcp.checksum.status', 'udp.payload', 'dns.id', 'dns.flags.response', 'dns.qry.name', 'tls.handshake.extensions_server_name',
  'x509ce.dNSName', 'x509ce.IPAddress.ipv4', 'x509ce.IPAddress.ipv6', 'x509sat.uTF8String', 'http.request.method',
  'http.request.uri', 'tls.record.opaque_type', 'tls.handshake.type'];
const ERROR = 0x00800000; // PI_ERROR
const SEPARATOR = '\u0001';
const AGGREGATOR = '\u0002';

// `ports`: where plain HTTP is spoken; tshark has other ideas of some ports.
function tshark(path, ports) {
  const settings = ['tcp.check_checksum', 'ip.check_checksum', 'udp.check_checksum'].flatMap((name) => ['-o', `${name}:TRUE`]);
  const args = ['-r', path, ...settings, ...ports.flatMap((port) => ['-d', `tcp.port==${port},http`]), '-T', 'fields', '-E', `separator=${SEPARATOR}`, '-E', `aggregator=${AGGREGATOR}`, '-E', 'occurrence=a',
    ...FIELDS.flatMap((name) => ['-e', name])];
  return new Promise((resolve, reject) => {
    execFile('tshark', args, { maxBuffer: 1 << 28 }, (error, out, err) => {
      if (error) reject(new Error(`tshark: ${err}`));
      else resolve(out.split('\n').slice(0, -1).map((line) => {
        const values = line.split(SEPARATOR);
        return Object.fromEntries(FIELDS.map((name, i) => [name, values[i] ? values[i].split(AGGREGATOR) : []]));
      }));
    });
  });
}

const sorted = (list) => [...list].sort();
function same(what, got, wanted) {
  const [a, b] = [JSON.stringify(sorted(got)), JSON.stringify(sorted(wanted))];
  if (a !== b) throw new Error(`${what}: tshark reads ${a}, the trace has ${b}`);
}

function compare(packets, play) {
  const all = (name) => packets.flatMap((packet) => packet[name]);
  if (all('_ws.malformed').length) throw new Error(`${all('_ws.malformed').length} malformed packets`);
  for (const packet of packets) {
    if (packet['_ws.expert.severity'].some((one) => Number(one) >= ERROR)) throw new Error(`expert: ${packet['_ws.expert.message'].join(', ')}`);
    for (const name of ['ip', 'udp', 'tcp']) {
      const status = packet[`${name}.checksum.status`];
      if (status.some((one) => one !== 'Good' && one !== '1')) throw new Error(`a wrong checksum (${name}: ${status})`);
    }
  }
  if (all('ip.checksum.status').length + all('udp.checksum.status').length + all('tcp.checksum.status').length < packets.length) {
    throw new Error('checksums were not looked at');
  }
  const events = play.events;
  const of = (...kinds) => events.filter((event) => kinds.includes(event.kind));
  const dns = packets.filter((packet) => packet['dns.id'].length)
    .map((packet) => `${Number(packet['dns.id'][0])} ${/^(1|True)$/.test(packet['dns.flags.response'][0])} ${packet['dns.qry.name'].join()}`);
  // A forged answer's event does not repeat the question; its name is that of the query it answers.
  const told = of('dns-query', 'dns-answer', 'dns-forged');
  const asked = new Map(told.filter((event) => event.fields.name).map((event) => [event.fields.id, event.fields.name]));
  const known = new Set(told.map((event) => event.fields.name));
  same('DNS messages', new Set(dns.filter((one) => asked.has(one.split(' ')[0]))),
    new Set(told.filter((event) => asked.has(event.fields.id)).map((event) => `${event.fields.id} ${event.kind !== 'dns-query'} ${event.fields.name ?? asked.get(event.fields.id)}`)));
  same('bytes of DNS messages', new Set(packets.flatMap((packet) => packet['udp.payload'])), new Set(told.map((event) => Buffer.from(event.bytes, 'base64').toString('hex'))));
  same('IDs of DNS messages', new Set(dns.map((one) => one.split(' ')[0])), new Set(told.map((event) => event.fields.id)));
  for (const one of dns) if (!known.has(one.split(' ')[2])) throw new Error(`the trace knows no name ${one}`);
  same('server names', all('tls.handshake.extensions_server_name'), of('tls-hello').map((event) => event.fields['server-name']).filter(Boolean));
  const names = of('tls-certificate').flatMap((event) => event.fields.names.split(', ').filter(Boolean));
  same('names in certificates', [...all('x509ce.dNSName'), ...all('x509ce.IPAddress.ipv4'), ...all('x509ce.IPAddress.ipv6')], names);
  const words = all('x509sat.uTF8String');
  for (const event of of('tls-certificate')) {
    for (const name of [event.fields.subject, event.fields.issuer]) {
      if (name && !words.includes(name)) throw new Error(`the name ${name} stands in no certificate`);
    }
  }
  const requests = packets.flatMap((packet) => packet['http.request.method'].map((method, i) => `${method} ${packet['http.request.uri'][i]}`));
  // What a server refused after the handshake was on the wire, too, though nobody read it (TLS 1.3 and a missing
  // client certificate): as often as the trace tells of that.
  const received = of('http-request').map((event) => `${event.fields.method} ${event.fields.target}`);
  const unread = requests.filter((one) => requests.filter((each) => each === one).length > received.filter((each) => each === one).length);
  const refused = of('tls-failed').filter((event) => event.from !== 'app').length;
  if (refused && requests.length - received.length === refused && unread.length) same('HTTP requests', new Set(requests), new Set(received));
  else same('HTTP requests', requests, received);
  return { packets: packets.length, handshakes: of('tls-hello').length, requests: requests.length };
}

let passed = 0;
let failed = 0;
const sum = { packets: 0, handshakes: 0, requests: 0 };
const jobs = [];
const { worlds } = await ask('{"api": 1, "do": "worlds"}');
const cases = readdirSync(set).sort().filter((name) => name.includes(only));
for (const [i, name] of cases.entries()) {
  const path = join(set, name);
  const text = readFileSync(join(path, 'case.json'), 'utf8');
  const files = readdirSync(path).filter((file) => file.endsWith('.py')).sort((a, b) => (b === 'snippet.py') - (a === 'snippet.py') || (a < b ? -1 : 1))
    .map((file) => ({ name: file, text: readFileSync(join(path, file), 'utf8') }));
  const listed = JSON.parse(text).world_list ?? worlds.map((world) => world.name).filter((world) => world !== 'honest-redirect-downgrade');
  const chosen = everyWorld ? listed : [...new Set([0, 1, 2].map((turn) => listed[(3 * i + turn) % listed.length]))];
  const ports = Object.values(JSON.parse(text).hosts).flatMap((host) => Object.entries(host.ports ?? {}).filter(([, kind]) => kind === 'http' || kind === 'proxy').map(([port]) => port));
  for (const world of chosen) jobs.push({ name, files, text, world, ports });
}
async function work() {
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    const request = (action) => `{"api": 1, "do": "${action}", "files": ${JSON.stringify(job.files)}, "scenario": ${job.text.replace(/\n/g, ' ')}, "world": "${job.world}"}`;
    const title = `${job.name} in ${job.world}`;
    try {
      const [play, capture] = await Promise.all([ask(request('play')), ask(request('capture'))]);
      if (!capture.ok || !play.ok) throw new Error(JSON.stringify(capture.error ?? play.error));
      const path = join(folder, `${job.name}-${job.world}.pcapng`);
      writeFileSync(path, Buffer.from(capture.pcapng, 'base64'));
      const got = compare(await tshark(path, job.ports), play);
      for (const key of Object.keys(sum)) sum[key] += got[key];
      passed += 1;
      console.log(`ok   ${title}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${title}\n     ${error.message.slice(0, 700)}`);
    }
  }
}
await Promise.all([work(), work()]);
core.stdin.end();
rmSync(folder, { recursive: true });
console.log(`${sum.packets} packets, ${sum.handshakes} TLS handshakes, ${sum.requests} HTTP requests read`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

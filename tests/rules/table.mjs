// The table pattern x library, from the fixtures: core/rules/PATTERNS.md.
//   node tests/rules/table.mjs [--write]      without --write: exit 1 if the file is not up to date
// A fixture says what it shows in its second line: `# pattern 9: aiohttp`.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', '..', 'core', 'rules', 'PATTERNS.md');
const titles = {
  1: '`verify` off in a call of requests', 2: '`verify` off in httpx', 3: 'httpx transports, mounts, contexts, handed-on clients',
  4: '`verify` off in a call of a session', 5: 'attribute `verify` of a session', 6: 'the switch comes in a dict',
  7: '`partial`, threads', 8: 'constants, settings, environment, classes, `Depends`', 9: 'aiohttp `ssl=False` in a call',
  10: 'aiohttp connector', 11: 'unverified context', 12: '`CERT_NONE` on a context', 13: 'urllib3 `cert_reqs`',
  14: 'a default of a library replaced', 17: '`check_hostname` off', 18: 'name check off outside ssl', 20: 'contexts that verify nothing by default',
  22: 'TLS below 1.2', 23: 'weak ciphers', 24: 'http URL reaches a request', 26: 'plain http in the cluster', 27: 'weaker attempt after a failed one',
  28: 'secret in plain text', 29: 'secret follows a redirect', 30: 'address and `Host` header', 31: 'DNS decides who is trusted',
  32: 'resolved again after the address was judged', 33: 'caller chooses the host',
};

const cells = new Map();  // pattern -> library -> {fires, silent}
const rules = new Map();
const libraries = new Set();
for (const rule of readdirSync(here).filter((name) => !name.includes('.') && !name.startsWith('_')).sort()) {
  for (const file of readdirSync(join(here, rule)).filter((name) => name.endsWith('.py')).sort()) {
    const said = /^# pattern (\d+): (.+)$/m.exec(readFileSync(join(here, rule, file), 'utf8').split('\n').slice(0, 2).join('\n'));
    if (!said) continue;
    const pattern = Number(said[1]);
    if (!titles[pattern]) throw new Error(`${rule}/${file}: no pattern ${pattern}`);
    rules.set(pattern, rule);
    for (const library of said[2].split(', ')) {
      libraries.add(library);
      if (!cells.has(pattern)) cells.set(pattern, new Map());
      const cell = cells.get(pattern).get(library) ?? { fires: false, silent: false };
      cell[file.startsWith('silent') ? 'silent' : 'fires'] = true;
      cells.get(pattern).set(library, cell);
    }
  }
}
const columns = [...libraries].sort();
const mark = (cell) => (!cell ? '' : cell.fires && cell.silent ? '● ○' : cell.fires ? '●' : '○');
const lines = [
  '# Patterns and libraries', '',
  'Made by `node tests/rules/table.mjs --write` from the fixtures in `tests/rules`. ● fires where it should, ○ stays silent on',
  'what only looks like it; empty: the pattern does not exist there, or has no fixture.', '',
  `| pattern | rule | ${columns.join(' | ')} |`, `|---|---|${columns.map(() => '---|').join('')}`,
  ...[...cells.keys()].sort((a, b) => a - b).map((n) => `| ${n} ${titles[n]} | ${rules.get(n)} | ${columns.map((c) => mark(cells.get(n).get(c))).join(' | ')} |`),
  '',
];
const text = lines.join('\n');
if (process.argv.includes('--write')) {
  writeFileSync(target, text);
} else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  console.log('FAIL core/rules/PATTERNS.md is not what the fixtures say: node tests/rules/table.mjs --write');
  console.log('0 passed, 1 failed');
  process.exit(1);
} else {
  console.log('ok   core/rules/PATTERNS.md');
  console.log('1 passed, 0 failed');
}

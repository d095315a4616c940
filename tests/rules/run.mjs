// Rules: fixtures with expectations in comments, and the pages' own examples, checked and played.
//   node tests/rules/run.mjs --native BINARY
// - tests/rules/RULE/fires*.py: exactly the lines with `#! RULE` have a finding of it;
// - tests/rules/RULE/silent*.py: no finding of RULE at all;
// - tests/rules/_silence/*.py: of all rules together, exactly the findings that are marked;
// - core/rules/all/RULE.md: the first Python block fires, the second is silent; played, the flagged one is
//   lost to an attacker (or, where the page says that it only fails, refuses the genuine host), and the
//   corrected one is lost to nobody but the holder of a mis-issued certificate; the offered fix, applied to
//   the flagged block, does what the corrected one does. A page with a section "No world loses it" gives the
//   reason there (tests/rules/RULE/scenario.json is the network that it is played in, if there is one): such rules are named at the end, and a world that loses the example after all is a failure.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const rules = join(here, '..', '..', 'core', 'rules', 'all');
const native = process.argv[process.argv.indexOf('--native') + 1];

function run(args, input) {
  try {
    return execFileSync(native, args, { input, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 60000 });
  } catch (error) {
    if (error.status === 1 && error.stdout) return error.stdout;
    throw new Error(`${args.join(' ')}: ${error.stderr || error.message}`);
  }
}
const findings = (code) => JSON.parse(run(['check', '--format', 'json', '-'], code)).files[0].findings;

function applyFix(code, fix) {
  const edits = [...fix.edits].sort((a, b) => b.range.from - a.range.from);
  let out = code;
  for (const { range, text } of edits) out = out.slice(0, range.from) + text + out.slice(range.to);
  return out;
}
const winners = (analysis) => [...new Set(analysis.rows.flatMap((row) => row.cells.filter((c) => c.verdict === 'compromised').map((c) => c.world)))];
const honest = (analysis) => analysis.rows.map((row) => row.cells.find((c) => c.world === 'honest')).map((c) => `${c?.verdict} ${c?.status}`).join(', ');

const notPlayed = [];
let passed = 0;
let failed = 0;
function test(name, body) {
  try {
    body();
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n     ${error.message}`);
  }
}
const expect = (condition, message) => { if (!condition) throw new Error(message); };

for (const file of readdirSync(join(here, '_silence')).sort()) {
  const code = readFileSync(join(here, '_silence', file), 'utf8');
  test(`of all rules: ${file}`, () => {
    const found = findings(code).map((f) => `${f.range?.line} ${f.rule}`).sort().join(', ');
    const wanted = code.split('\n').flatMap((line, i) => [...line.matchAll(/#! ([a-z-]+)/g)].map((m) => `${i + 1} ${m[1]}`)).sort().join(', ');
    expect(found === wanted, `found: ${found || 'nothing'}; wanted: ${wanted || 'nothing'}`);
  });
}
for (const rule of readdirSync(here).filter((name) => !name.includes('.') && !name.startsWith('_')).sort()) {
  for (const file of readdirSync(join(here, rule)).filter((name) => name.endsWith('.py')).sort()) {
    const code = readFileSync(join(here, rule, file), 'utf8');
    test(`${rule}/${file}`, () => {
      const lines = findings(code).filter((f) => f.rule === rule).map((f) => f.range.line);
      const wanted = file.startsWith('silent') ? [] : code.split('\n').flatMap((line, i) => (line.includes(`#! ${rule}`) ? [i + 1] : []));
      const missing = wanted.filter((line) => !lines.includes(line));
      const extra = lines.filter((line) => !wanted.includes(line));
      expect(!missing.length && !extra.length, `missing in lines ${missing.join(', ') || '-'}; unexpected in lines ${extra.join(', ') || '-'}`);
    });
  }
  const page = readFileSync(join(rules, `${rule.replaceAll('-', '_')}.md`), 'utf8');
  const [flagged, corrected] = [...page.matchAll(/```python\n([\s\S]*?)```/g)].map((match) => match[1]);
  test(`${rule}: the page's example fires and loses, the corrected one is silent and holds`, () => {
    const found = findings(flagged).filter((f) => f.rule === rule);
    expect(found.length === 1, `${found.length} findings in the example`);
    expect(!findings(corrected).length, 'the corrected example has findings');
    const played = join(here, rule, 'scenario.json');
    const scan = (code) => JSON.parse(run(['scan', '--format', 'json', ...(existsSync(played) ? ['--scenario', played] : []), '-'], code));
    const before = scan(flagged);
    const after = scan(corrected);
    const unplayed = /^## No world loses it$/m.test(page);
    const onlyFails = /even\s+with nobody attacking/.test(page);
    if (onlyFails) {
      expect(!honest(before).includes('safe'), `with nobody attacking the example is ${honest(before)}`);
    } else if (unplayed) {
      notPlayed.push(rule);
      expect(!winners(before).some((w) => w !== 'poisoned-misissued'), `the page says that no world loses it: ${winners(before)}`);
    } else {
      expect(winners(before).some((w) => w !== 'poisoned-misissued'), `the example is lost to nobody (${winners(before)})`);
    }
    expect(!winners(after).some((w) => w !== 'poisoned-misissued'), `the corrected example is lost to ${winners(after)}`);
    expect(honest(after).includes('safe'), `with nobody attacking the corrected one is ${honest(after)}`);
    if (!found[0].fixes.length && unplayed) {
      expect(found[0].noFixReason, 'neither a fix nor why there is none');
      return;
    }
    expect(found[0].fixes.length > 0, 'no fix is offered');
    const fixed = applyFix(flagged, found[0].fixes[0]);
    expect(!findings(fixed).some((f) => f.rule === rule), `the fix leaves the finding:\n${fixed}`);
    const repaired = scan(fixed);
    expect(!winners(repaired).some((w) => w !== 'poisoned-misissued'), `after the fix it is lost to ${winners(repaired)}`);
    expect(honest(repaired) === honest(after), `after the fix, with nobody attacking: ${honest(repaired)}`);
  });
}
console.log(`no world loses: ${notPlayed.join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

// One core, however it is reached: the same questions about the same services. ask(request) answers a reply.
import { service } from './service.mjs';

export const SIZES = [30, 100, 300, 1000];

/** @returns milliseconds, the median of `runs` after `warm` runs that do not count */
async function median(ask, request, now, runs, warm) {
  const times = [];
  for (let i = 0; i < runs + warm; i += 1) {
    const begin = now();
    await ask(request);
    if (i >= warm) times.push(now() - begin);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1];
}

export async function measure(ask, now, runs = 9) {
  const rows = [];
  for (const size of SIZES) {
    const files = [{ name: 'main.py', text: service(size) }];
    const lines = files[0].text.split('\n').length - 1;
    const first = await ask({ api: 1, do: 'analyse', files });
    if (!first.ok || first.rows.length === 0) throw new Error(`a service of ${size} lines was not understood: ${JSON.stringify(first).slice(0, 300)}`);
    const row = { lines, endpoints: first.rows.length, findings: first.findings.length };
    for (const what of ['parse', 'check', 'play', 'analyse']) {
      const request = { api: 1, do: what, files, ...(what === 'play' ? { world: 'poisoned-selfsigned', scenario: first.scenario } : {}) };
      row[what] = await median(ask, request, now, runs, 3);
    }
    // The whole matrix: every endpoint in every world, the scenario being given (no check before it).
    row.matrix = await median(ask, { api: 1, do: 'outcomes', files, scenario: first.scenario }, now, runs, 3);
    rows.push(row);
  }
  return rows;
}

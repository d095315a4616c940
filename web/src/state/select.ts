/** Questions about the state, answered without changing it. */
import type { AnalyseReply, Cell, MatrixRow, Outcome, PlayReply, TraceEvent, World } from '../core/protocol.ts';
import type { Choice, State } from './model.ts';

export function ladder(worlds: readonly World[]): World[] {
  return [...worlds].sort((a, b) => a.rung - b.rung);
}

export function findCell(analysis: AnalyseReply | null, choice: Choice | null): { row: MatrixRow; cell: Cell; world: World } | null {
  if (!analysis || !choice) return null;
  const row = analysis.rows.find((r) => r.request === choice.request);
  const cell = row?.cells.find((c) => c.world === choice.world);
  const world = analysis.worlds.find((w) => w.name === choice.world);
  return row && cell && world ? { row, cell, world } : null;
}

const isRequest = (row: MatrixRow) => row.request >= 0;

/** There is nothing to show of a file that does not even start, unless it called somebody before. */
export const nothingPlayed = ({ diagnostics, rows, calls }: AnalyseReply): boolean =>
  !rows.some(isRequest) && calls.length === 0 && diagnostics.some((d) => d.severity === 'error' || d.code === 'import-failed');

/**
 * The cell that tells most: where the weakest attacker wins; else the strongest that the code
 * notices; else the first that has an attacker in it.
 */
export function tellingCell(analysis: AnalyseReply): Choice | null {
  const { headline, rows } = analysis;
  const order = ladder(analysis.worlds).map((w) => w.name);
  const first = rows.find(isRequest) ?? rows[0];
  if (!first) return null;
  const blocked = rows.flatMap((row) =>
    row.cells.filter((c) => c.verdict === 'blocked').map((c) => ({ request: row.request, world: c.world })),
  );
  if (headline.tone === 'attack' && headline.world !== null) {
    return { request: headline.request ?? first.request, world: headline.world };
  }
  blocked.sort((a, b) => order.indexOf(a.world) - order.indexOf(b.world));
  if (blocked[0]) return blocked[0];
  if (headline.world !== null) return { request: headline.request ?? first.request, world: headline.world };
  const attacked = first.cells.find((c) => c.world !== order[0]) ?? first.cells[0];
  return attacked ? { request: first.request, world: attacked.world } : null;
}

/** Index of the outcome of the n-th request (start-up, which is request -1, and shutdown have outcomes too). */
export function outcomeIndex(outcomes: readonly Outcome[], request: number): number {
  if (request < 0) return outcomes.findIndex((o) => o.request === 'startup');
  let seen = -1;
  for (let i = 0; i < outcomes.length; i += 1) {
    if (typeof outcomes[i]!.request !== 'string') seen += 1;
    if (seen === request) return i;
  }
  return -1;
}

export interface ShownEvents { events: TraceEvent[]; outcome: number; startup: boolean }

const NOTHING: ShownEvents = { events: [], outcome: -1, startup: false };
/** The same list for the same question: elements tell by it whether there is anything new. */
const known = new WeakMap<PlayReply, Map<number, ShownEvents>>();

/** The events of one request; those of the start-up come before, if it did anything. */
export function shownEvents(play: PlayReply | null, choice: Choice | null): ShownEvents {
  if (!play || !choice) return NOTHING;
  const lists = known.get(play) ?? new Map<number, ShownEvents>();
  known.set(play, lists);
  const shown = lists.get(choice.request) ?? eventsOf(play, choice);
  lists.set(choice.request, shown);
  return shown;
}

function eventsOf(play: PlayReply, choice: Choice): ShownEvents {
  const outcome = outcomeIndex(play.outcomes, choice.request);
  const isStartup = (i: number) => play.outcomes[i]?.request === 'startup';
  const events = play.events.filter((e) => e.outcome === outcome || isStartup(e.outcome));
  return { events, outcome, startup: !isStartup(outcome) && events.some((e) => isStartup(e.outcome)) };
}

export function currentEvent(state: State): TraceEvent | null {
  return shownEvents(state.play, state.choice).events[state.step] ?? null;
}

/** The analysis on the screen is of an older text. */
export const analysisIsOld = (state: State): boolean =>
  state.analysis !== null && state.analysedRevision !== state.revision;

export function announce(before: State | null, state: State): string {
  const now = state.analysis;
  if (!now) return '';
  const was = before?.analysis;
  const parts: string[] = [];
  if (!was || was.headline.text !== now.headline.text) parts.push(`${now.headline.text}.`);
  const count = now.findings.length;
  if (!was || was.findings.length !== count) {
    const news = now.findings.filter((f) => !was?.findings.some((o) => o.rule === f.rule && o.message === f.message));
    if (was && news[0]) parts.push(`New finding, line ${news[0].range.line}: ${news[0].name}.`);
    parts.push(count === 0 ? 'No findings.' : count === 1 ? 'One finding.' : `${count} findings.`);
  }
  return parts.join(' ').replace(/([.!?])\.(?=\s|$)/g, '$1');
}

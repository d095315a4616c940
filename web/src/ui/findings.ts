/** Below the code: findings with their fixes, what each call trusts, what is not known, what was assumed. */
import { html, type TemplateResult } from 'lit';
import type { AnalyseReply, Call, Finding, Fix } from '../core/protocol.ts';
import { diffLines, type DiffLine } from '../diff/lines.ts';
import { analysisIsOld } from '../state/select.ts';
import { applyEdits, findingAt } from '../state/edits.ts';
import type { State } from '../state/model.ts';
import { diffView } from './diff.ts';
import type { Services } from './element.ts';
import { examples } from '../examples/index.ts';
import { icon } from './icons.ts';
import { plural, severityWord } from './words.ts';

const previews = new WeakMap<Fix, DiffLine[]>();
const MOST_LINES = 6;

/** What a fix would change; nothing while its ranges are those of an older text. */
function preview(fix: Fix | undefined, state: State): TemplateResult | string {
  if (!fix || analysisIsOld(state)) return '';
  let lines = previews.get(fix);
  if (!lines) {
    lines = diffLines(state.code, applyEdits(state.code, fix.edits)).filter((line) => line.kind !== 'same');
    previews.set(fix, lines);
  }
  return lines.length > MOST_LINES ? '' : diffView(lines, `What changes: ${fix.title}`);
}

function finding(found: Finding, here: boolean, state: State, services: Services): TemplateResult {
  const place = (range: Finding['range'], text: string) =>
    html`<button class="link" @click=${() => services.goTo(range)}>${text}</button>`;
  return html`<li class="finding s-${found.severity} ${here ? 'here' : ''}">
    <div class="finding-head">
      <span class="severity">${icon(found.severity === 'low' ? 'skip' : 'warn', 13)}${severityWord[found.severity]}</span>
      <b>${found.name}</b>
      ${place(found.range, `line ${found.range.line}`)}
    </div>
    <p>${found.message}</p>
    ${found.conditions.length || found.related.length ? html`<p class="aside">
      ${found.conditions.map((c) => html`<span class="condition">${place(c.range, c.text)}</span>`)}
      ${found.related.map((r) => html`<span>${r.label}: ${place(r.range, `line ${r.range.line}`)}</span>`)}</p>` : ''}
    ${preview(found.fixes[0], state)}
    <div class="finding-foot">
      ${found.fixes.map((fix) => html`<button class="button fix" @click=${() => services.applyFix(fix)}>${icon('wrench', 14)}${fix.title}</button>`)}
      ${found.fixes.length === 0 && found.noFixReason ? html`<span class="quiet">${found.noFixReason}</span>` : ''}
      <span class="tags">${found.category} · CWE-${found.cwe}${found.owaspApi2023.map((o) => ` · ${o}`)}</span>
    </div>
  </li>`;
}

function call(made: Call, services: Services): TemplateResult {
  return html`<div class="call">
    <p><code>${made.method} ${made.url}</code> <span class="quiet">${made.library}, ${made.callable}</span>
      <button class="link" @click=${() => services.goTo(made.range)}>line ${made.range.line}</button></p>
    <table class="fields"><tbody>${made.trusts.map((t) => html`<tr><th scope="row">${t.name}</th><td>${t.value}
      <span class="quiet">${t.why}</span> ${t.range ? html`<button class="link" @click=${() => services.goTo(t.range!)}>line ${t.range.line}</button>` : ''}</td></tr>`)}</tbody></table>
  </div>`;
}

const fold = (title: string, count: number, body: TemplateResult, open = false) =>
  html`<details class="fold" ?open=${open}><summary>${title} <span class="badge">${count}</span></summary><div class="fold-body">${body}</div></details>`;

export function notModelled(analysis: AnalyseReply, services: Services): TemplateResult {
  return html`<ul class="plain">${analysis.notModelled.map((n) => html`<li>${icon('not-modelled', 15)} <code>${n.what}</code>
    ${n.count > 1 ? html`<span class="quiet">${n.count} times</span>` : ''}
    ${n.range ? html`<button class="link" @click=${() => services.goTo(n.range!)}>line ${n.range.line}</button>` : ''}</li>`)}</ul>
    <p class="quiet">Where the outcome depends on these, the page says “unknown” instead of guessing.</p>`;
}

/** A first step for those who do not know what to try: changes to the example as it came. */
function whatIf(state: State, { act }: Services): TemplateResult | string {
  const changes = examples.find((e) => e.code === state.code)?.whatIf ?? [];
  if (changes.length === 0) return '';
  return html`<div class="what-if" role="group" aria-labelledby="what-if"><p id="what-if">What if somebody writes</p>
    ${changes.map(({ from, to }) => html`<button class="button" @click=${() => act({ type: 'typed', code: state.code.replace(from, to), byPage: true })}>
      <code>${to}</code><span class="visually-hidden"> instead of ${from}</span></button>`)}</div>`;
}

export function findingsPanel(state: State, services: Services): TemplateResult {
  const { analysis } = state;
  if (!analysis) return html`<div class="findings"></div>`;
  const { findings, diagnostics, calls, assumptions } = analysis;
  const at = findingAt(findings, state.cursor.at, state.cursor.line);
  return html`<div class="findings ${analysisIsOld(state) ? 'is-old' : ''}">
    <h2 class="section-title">Findings <span class="badge ${findings.length ? 'hot' : ''}">${findings.length}</span></h2>
    ${diagnostics.length ? html`<ul class="plain diagnostics">${diagnostics.map((d) => html`<li class="d-${d.severity}">${icon(d.severity === 'note' ? 'flag' : 'warn', 14)}
      <button class="link" @click=${() => services.goTo(d.range)}>line ${d.range.line}</button> ${d.message}</li>`)}</ul>` : ''}
    ${findings.length === 0
      ? html`<p class="quiet calm">${calls.length ? `Nothing to object to in ${plural(calls.length, 'outbound call')}.` : 'No outbound call was found in this code.'}</p>`
      : html`<ul class="finding-list">${findings.map((f) => finding(f, f === at, state, services))}</ul>`}
    ${whatIf(state, services)}
    ${calls.length ? fold('What each call trusts', calls.length, html`${calls.map((c) => call(c, services))}`) : ''}
    ${analysis.notModelled.length ? fold('Not modelled', analysis.notModelled.length, notModelled(analysis, services), true) : ''}
    ${assumptions.length ? fold('What was assumed', assumptions.length, html`<ul class="dots">${assumptions.map((a) => html`<li>${a}</li>`)}</ul>`) : ''}
  </div>`;
}

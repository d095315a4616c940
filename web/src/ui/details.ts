/** Of one event: its checks as a list with marks, its fields as a table. */
import { html, type TemplateResult } from 'lit';
import type { TraceEvent } from '../core/protocol.ts';
import { detailsOf, isForged, resultText, type CheckResult } from '../trace/details.ts';
import type { Services } from './element.ts';
import { hexLines } from '../trace/bytes.ts';
import { icon, type IconName } from './icons.ts';

const glyphs: Record<CheckResult, IconName> = { ok: 'check', failed: 'cross', skipped: 'skip', later: 'skip', open: 'none' };

export function eventDetails(event: TraceEvent, all: readonly TraceEvent[], services: Services): TemplateResult {
  const details = detailsOf(event, all);
  const { range } = event;
  return html`<div class="details">
    <p class="details-kind"><span>${details.title}</span>
      ${isForged(event) ? html`<span class="chip hostile">${icon('mask', 13)} forged</span>` : ''}
      ${range ? html`<button class="link" @click=${() => services.goTo(range)}>line ${range.line}</button>` : ''}
    </p>
    ${details.checks.length ? html`<ul class="checks" aria-label=${details.checksTitle}>
      ${details.checks.map((check) => html`<li class="check c-${check.result} ${check.event === event.number ? 'now' : ''}">
        <span class="check-glyph">${icon(glyphs[check.result], 13)}</span>
        <b>${check.name}</b> <span class="check-word">${resultText[check.result]}</span>
        ${check.detail ? html`<span class="check-detail">${check.detail}</span>` : ''}</li>`)}
    </ul>` : ''}
    ${details.fields.length ? html`<table class="fields"><tbody>
      ${details.fields.map((field) => html`<tr><th scope="row">${field.name}</th><td>${field.value}</td></tr>`)}
    </tbody></table>` : ''}
    ${details.bytes.length ? wire(details.bytes) : ''}
  </div>`;
}

function wire(bytes: Uint8Array): TemplateResult {
  const lines = hexLines(bytes);
  const rest = bytes.length - 8 * lines.length;
  return html`<details class="wire"><summary>On the wire: ${bytes.length} bytes</summary>
    <pre tabindex="0" aria-label="Bytes">${lines.map((line) => html`<span class="offset">${line.offset}</span>  ${line.hex}  ${line.text}
`)}${rest > 0 ? `and ${rest} more` : ''}</pre></details>`;
}

/** Two truths side by side: what the caller got, and what the attacker got. */
import { html, type TemplateResult } from 'lit';
import type { ExceptionRecord, Outcome, PlayReply } from '../core/protocol.ts';
import { icon } from './icons.ts';
import { statusText } from './words.ts';

function exception(record: ExceptionRecord): TemplateResult {
  return html`<p class="exception"><code>${record.class}</code> ${record.message}</p>
    ${record.cause ? html`<p class="exception cause">caused by <code>${record.cause.class}</code></p>` : ''}`;
}

function body(response: NonNullable<Outcome['response']>): string {
  if (response.json !== undefined) return JSON.stringify(response.json, null, 1).replace(/\n\s*/g, ' ');
  return response.text ?? '';
}

function caller(outcome: Outcome | undefined): TemplateResult {
  const response = outcome?.response;
  if (!response) return html`<p class="quiet">Nothing: the request was never answered.</p>`;
  const text = body(response);
  return html`
    ${response.note ? html`<p class="quiet">${response.note}</p>` : ''}
    ${response.status !== null && response.status !== undefined ? html`<p class="status"><b>${statusText(response.status)}</b>${outcome.forged_response_used ? html`<span class="chip hostile">${icon('mask', 13)} written by the attacker</span>` : ''}</p>` : ''}
    ${response.broken ? html`<p class="quiet">${response.broken}</p>` : ''}
    ${text ? html`<pre tabindex="0" aria-label="Body of the response"><code>${text.slice(0, 4000)}</code></pre>` : ''}
    ${response.exception && !outcome.exceptions_seen.some((e) => e.class === response.exception!.class && e.message === response.exception!.message) ? exception(response.exception) : ''}`;
}

/** The exceptions that passed through the learner's own functions, in their order. */
function seen(outcome: Outcome | undefined): TemplateResult | string {
  const caught = outcome?.exceptions_seen ?? [];
  if (caught.length === 0) return '';
  return html`<ul class="seen" aria-label="What your code saw">${caught.slice(0, 4).map((e) => html`<li>${icon('cross', 14)}
    <span><span class="quiet">${e.function} saw</span> <code><b>${e.class}</b></code> <span class="exception">${e.message}</span></span></li>`)}</ul>`;
}

export function outcomes(play: PlayReply, index: number): TemplateResult {
  const outcome = play.outcomes[index];
  const got = play.attackerGot.filter((g) => g.outcome === index || play.outcomes[g.outcome]?.request === 'startup').flatMap((g) => g.lines);
  const secrets = got.filter((line) => line.secret).length;
  return html`
    ${seen(outcome)}
    <div class="truths">
      <section class="truth" aria-labelledby="caller-got">
        <h3 id="caller-got">${icon('caller', 15)} What your caller got</h3>
        ${caller(outcome)}
      </section>
      <section class="truth ${secrets || outcome?.leaked.length ? 'lost' : ''}" aria-labelledby="attacker-got">
        <h3 id="attacker-got">${icon('mask', 15)} What the attacker got</h3>
        ${got.length === 0 ? html`<p class="quiet">Nothing.</p>` : html`<dl class="got">${got.map((line) => html`
          <div class=${line.secret ? 'is-secret' : ''}><dt>${line.label}</dt>
          <dd>${line.secret ? html`<mark>${line.text}</mark> <span class="chip secret">${icon('secret', 12)}secret</span>` : line.text}</dd></div>`)}</dl>`}
      </section>
    </div>`;
}

/** The pane that answers: headline, ladder, and the chosen cell played. */
import { html, type TemplateResult } from 'lit';
import { analysisIsOld, findCell, nothingPlayed, shownEvents } from '../state/select.ts';
import type { State } from '../state/model.ts';
import type { Services } from './element.ts';
import { headlineCard, troubleCard } from './headline.ts';
import { icon } from './icons.ts';
import { beforehand, beforehandTitle, phases } from '../trace/phases.ts';
import './matrix.ts';
import { outcomes } from './outcome.ts';
import { player } from './player.ts';
import './steps.ts';
import { notModelled } from './findings.ts';
import { sentence, verdictWord } from './words.ts';

function scenario(state: State, services: Services): TemplateResult | string {
  const found = findCell(state.analysis, state.choice);
  if (!found) return '';
  const { row, cell, world } = found;
  const shown = shownEvents(state.play, state.choice);
  const { play } = state;
  const before = beforehand(shown.events);
  // An exception says more exactly what the summary says.
  const told = (play?.outcomes[shown.outcome]?.exceptions_seen.length ?? 0) > 0 && play?.world.name === world.name;
  const old = analysisIsOld(state) || state.playPending || play?.world.name !== world.name;
  return html`<section class="card scenario" aria-labelledby="scenario-title">
    <header class="scenario-head" id="scenario" tabindex="-1">
      <div class="scenario-title"><h2 id="scenario-title">${world.title}</h2>
        <span class="verdict v-${cell.verdict}">${icon(cell.verdict, 16)}${verdictWord[cell.verdict]}</span>${state.analysis!.rows.length > 1 ? html`<code>${row.label}</code>` : ''}</div>
      <p><span class="quiet">${world.description}</span> ${told ? '' : sentence(cell.summary)}</p>
    </header>
    ${state.playTrouble ? troubleCard(state.playTrouble, services) : ''}
    ${cell.verdict === 'not-modelled' && state.analysis ? html`<div class="unknown">${notModelled(state.analysis, services)}</div>` : ''}
    ${play && shown.outcome >= 0 ? html`<div class=${old ? 'is-old' : ''}>
      ${outcomes(play, shown.outcome)}
      ${shown.events.length ? html`
        <wh-steps .events=${shown.events} .step=${state.step} .line=${state.cursor.line} .services=${services}
          .phases=${phases(shown.events, (e) => play.outcomes[e.outcome]?.request === 'startup')}
          .prelude=${{ count: before, title: beforehandTitle(shown.events, before), shown: state.beforehand }}></wh-steps>` : ''}
    </div>
    ${shown.events.length ? player(state, shown.events, services) : ''}` : html`<p class="quiet calm">${state.playTrouble ? '' : 'Playing …'}</p>`}
  </section>`;
}

export function attackPane(state: State, services: Services): TemplateResult {
  const { analysis } = state;
  const empty = state.code.trim() === '';
  const played = analysis !== null && !empty && analysis.rows.length > 0 && !nothingPlayed(analysis);
  return html`
    ${headlineCard(state, services)}
    ${played ? html`
      <section class="card ladder" aria-labelledby="ladder-title">
        <h2 id="ladder-title" class="section-title">Who gets in? ${analysis.rows.length === 1 ? html`<code aria-hidden="true">${analysis.rows[0]!.label}</code>` : ''}</h2>
        <wh-matrix .analysis=${analysis} .choice=${state.choice} ?old=${analysisIsOld(state)}
          .onopen=${(choice: { request: number; world: string }, focus: boolean) => {
            services.act({ type: 'choose', choice });
            const head = document.querySelector<HTMLElement>('#scenario');
            if (focus) head?.focus();
            else if (head && head.getBoundingClientRect().top > innerHeight * 0.7) head.scrollIntoView({ block: 'center' });
          }}></wh-matrix>
      </section>
      ${scenario(state, services)}` : ''}
    ${analysis && !empty && analysis.rows.length === 0 && analysis.notModelled.length ? html`<section class="card pad"><h2 class="section-title">Not modelled</h2>${notModelled(analysis, services)}</section>` : ''}`;
}

/** The answer in one sentence: the weakest attacker who wins. */
import { html, type TemplateResult } from 'lit';
import { analysisIsOld } from '../state/select.ts';
import type { State, Trouble } from '../state/model.ts';
import type { Services } from './element.ts';
import { icon, type IconName } from './icons.ts';
import { sentence } from './words.ts';
import { LONGEST } from '../state/controller.ts';

const glyphs: Record<string, IconName> = { safe: 'blocked', warning: 'warn', attack: 'mask', unknown: 'not-modelled' };

function problem(title: string, text: TemplateResult | string, action?: TemplateResult): TemplateResult {
  return html`<div class="headline tone-problem" role="group" aria-labelledby="headline">
    <span class="headline-glyph">${icon('warn', 26)}</span>
    <div><h2 id="headline">${title}</h2><p>${text}</p>${action ?? ''}</div>
  </div>`;
}

export function troubleCard(trouble: Trouble, services: Services): TemplateResult {
  const again = html`<p><button class="button" @click=${() => services.again()}>Try again</button></p>`;
  switch (trouble.kind) {
    case 'unavailable':
      if (trouble.problem === 'no-webassembly') {
        return problem('This browser cannot run the simulation', 'WebAssembly is switched off or missing here, and the network is simulated with it. Your code stays in the editor; another browser will play it.');
      }
      if (trouble.problem === 'refused') {
        return problem('The simulation was not allowed to start', 'Something between the site and this browser refused or changed the WebAssembly file. Your code is untouched.');
      }
      return problem('The simulation could not be loaded', html`${trouble.message} Your code is untouched; reloading the page may help.`, again);
    case 'stopped':
      return problem('Stopped', 'The simulation has been started afresh. Your code is untouched.', again);
    case 'too-long':
      return problem('This is too long to be played', html`These are ${trouble.length.toLocaleString('en')} characters; up to ${LONGEST.toLocaleString('en')} are read. Keep the file with the endpoint and its calls. Your text is untouched.`);
    case 'timed-out':
      return problem('This run took too long and was stopped', 'The simulation has been started afresh. Your code is untouched; it may hold a loop that never ends.', again);
    case 'crashed':
      return problem('The simulation stopped on this code', 'That is a mistake of this page, not of yours. It has been started afresh and your code is untouched.', again);
    case 'refused':
      return problem('The simulation could not take this code', trouble.message, again);
  }
}

export function headlineCard(state: State, services: Services): TemplateResult {
  if (state.trouble) return troubleCard(state.trouble, services);
  if (state.code.trim() === '') {
    return html`<div class="headline tone-unknown"><span class="headline-glyph">${icon('code', 26)}</span>
      <div><h2 id="headline">Paste a FastAPI snippet</h2><p>It is played against a network with a poisoned DNS, here in this page. Nothing is uploaded.</p></div></div>`;
  }
  const { analysis } = state;
  if (state.slow && (state.playPending || analysisIsOld(state) || !analysis)) {
    return html`<div class="headline tone-loading"><span class="headline-glyph"><span class="spinner"></span></span>
      <div><h2 id="headline">Still playing this code</h2><p>It takes longer than most: much text, or a loop that runs long. <button class="link" @click=${() => services.stop()}>Stop</button></p></div></div>`;
  }
  if (!analysis) {
    return html`<div class="headline tone-loading"><span class="headline-glyph"><span class="spinner"></span></span>
      <div><h2 id="headline">Playing your code</h2><p>The simulated network is starting.</p></div></div>`;
  }
  const { headline, diagnostics, rows } = analysis;
  const broken = diagnostics.find((d) => d.severity === 'error') ?? diagnostics.find((d) => d.code === 'import-failed');
  return html`
    <div class="headline tone-${headline.tone} ${analysisIsOld(state) ? 'is-old' : ''}">
      <span class="headline-glyph">${icon(glyphs[headline.tone] ?? 'none', 28)}</span>
      <div>
        <h2 id="headline">${headline.text}</h2>
        <p>${headline.detail}</p>
        ${broken ? html`<p class="aside"><button class="link" @click=${() => services.goTo(broken.range)}>line ${broken.range.line}</button>
          <span>${headline.detail.includes(broken.message) ? '' : sentence(broken.message)}${broken.code === 'syntax-error' && rows.some((r) => r.request >= 0) ? ' The rest was read all the same.' : ''}</span></p>` : ''}
      </div>
    </div>`;
}

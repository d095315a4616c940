/** First, back, play, forward, last, and a slider over the steps. */
import { html, type TemplateResult } from 'lit';
import type { TraceEvent } from '../core/protocol.ts';
import type { State } from '../state/model.ts';
import type { Services } from './element.ts';
import { icon, type IconName } from './icons.ts';

export function player(state: State, events: readonly TraceEvent[], { act }: Services): TemplateResult {
  const { step, playing } = state;
  const last = events.length - 1;
  const button = (name: IconName, label: string, to: number, off: boolean) => html`
    <button class="round" aria-label=${label} title=${label} aria-disabled=${off} @click=${() => !off && act({ type: 'step', to })}>${icon(name)}</button>`;
  const over = step >= last;
  const play = playing ? 'Pause' : over ? 'Replay' : 'Play';
  const spoken = events[step] ? `Step ${step + 1} of ${events.length}: ${events[step].sentence}` : `Before step 1 of ${events.length}`;
  return html`
    <div class="player" role="group" aria-label="Player">
      <div class="player-buttons">
        ${button('first', 'First step', 0, step <= 0)}
        ${button('back', 'Step back', step - 1, step <= 0)}
        <button class="play" aria-label=${play} @click=${() => act({ type: 'playing', on: !playing })}>${icon(playing ? 'pause' : over ? 'replay' : 'play')}<span aria-hidden="true">${play}</span></button>
        ${button('next', 'Step forward', step + 1, step >= last)}
        ${button('last', 'Last step', last, step >= last)}
      </div>
      <input class="scrub" type="range" min="0" max=${Math.max(0, last)} .value=${String(Math.max(0, step))} aria-label="Step"
        aria-valuetext=${spoken} @input=${(event: InputEvent) => act({ type: 'step', to: Number((event.target as HTMLInputElement).value) })} />
      <output class="count">${step + 1}<span> / ${events.length}</span></output>
    </div>`;
}

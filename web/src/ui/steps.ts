/**
 * The trace: an ordered list of sentences, and beside it the picture of the same events, row by row. The
 * list is what counts; the picture is derived from it and hidden from assistive technology.
 */
import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { TraceEvent } from '../core/protocol.ts';
import { draw } from './draw.ts';
import { layOut, type Row } from '../trace/layout.ts';
import type { Phase } from '../trace/phases.ts';
import { makeScene } from '../trace/scene.ts';
import { eventDetails } from './details.ts';
import { PageElement, type Services } from './element.ts';
import { icon } from './icons.ts';

export class StepsElement extends PageElement {
  static override properties: PropertyDeclarations = {
    events: { attribute: false }, step: { type: Number }, line: { type: Number }, phases: { attribute: false },
    prelude: { attribute: false }, rows: { state: true }, width: { state: true },
  };
  declare events: TraceEvent[];
  declare step: number;
  /** Line of the cursor in the code: its events are marked. */
  declare line: number;
  /** Names of parts of the trace, by the index of the event that begins them. */
  declare phases: Phase[];
  /** Steps before the app does anything: how many, their title, and whether they are shown. */
  declare prelude: { count: number; title: string; shown: boolean };
  declare rows: (Row | null)[];
  declare width: number;
  services: Services | null = null;
  private readonly watcher = new ResizeObserver(() => this.measure());
  private follows = false;

  constructor() {
    super();
    this.events = [];
    this.step = -1;
    this.line = 0;
    this.phases = [];
    this.prelude = { count: 0, title: '', shown: true };
    this.rows = [];
    this.width = 0;
    this.addEventListener('keydown', (event) => this.key(event));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher.disconnect();
  }

  protected override firstUpdated(): void {
    this.watcher.observe(this.querySelector('ol')!);
  }

  private measure(): void {
    const gutter = this.querySelector<HTMLElement>('.lanes-head');
    if (!gutter || gutter.offsetWidth === 0) return;
    const rows: (Row | null)[] = this.events.map(() => null);
    const first = this.querySelector<HTMLElement>('li.step .sentence');
    const style = first ? getComputedStyle(first) : null;
    const anchor = style ? parseFloat(style.paddingBlockStart) + parseFloat(style.lineHeight) / 2 : 0;
    for (const li of this.querySelectorAll<HTMLElement>('li.step')) {
      const { offsetTop } = li.querySelector<HTMLElement>('.sentence')!;
      rows[Number(li.dataset['at'])] = { top: li.offsetTop + offsetTop, height: li.offsetHeight - offsetTop, anchor };
    }
    const same = rows.length === this.rows.length && rows.every((row, i) => row?.top === this.rows[i]?.top && row?.height === this.rows[i]?.height && row?.anchor === this.rows[i]?.anchor);
    if (!same) this.rows = rows;
    if (this.width !== gutter.offsetWidth) this.width = gutter.offsetWidth;
  }

  /** Moves the focus along with the step, but only when the learner is in the list. */
  private key(event: KeyboardEvent): void {
    if (!(event.target as HTMLElement).closest('.sentence')) return;
    const moves: Record<string, number> = { ArrowDown: this.step + 1, ArrowUp: this.step - 1, Home: this.prelude.shown ? 0 : this.prelude.count, End: this.events.length - 1 };
    if (!(event.key in moves)) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(this.events.length - 1, moves[event.key]!));
    this.services?.act({ type: 'step', to });
    void this.updateComplete.then(() => this.sentence(to)?.focus());
  }

  private sentence(at: number): HTMLElement | null {
    return this.querySelector<HTMLElement>(`li.step[data-at="${at}"] .sentence`);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('events') || changed.has('step') || changed.has('rows') || changed.has('prelude')) this.measure();
    if (changed.has('step') && !changed.has('events') && changed.get('step') !== undefined) {
      this.bringIntoView();
      this.travel();
    }
    this.follows = true;
  }

  /** Scrolls the pane just as far as needed; never on the first drawing. */
  private bringIntoView(): void {
    if (!this.follows) return;
    const sentence = this.sentence(this.step);
    // With its details a step may be taller than the window: then the sentence is what counts.
    for (const part of [sentence?.closest('li'), sentence]) part?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }

  /** The message of this step runs along its arrow, unless the learner prefers no movement. */
  private travel(): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const mark = this.querySelector('.mark.now');
    const line = mark?.querySelector('line');
    if (!mark || !line) return;
    const length = Math.abs(Number(line.getAttribute('x2')) - Number(line.getAttribute('x1')));
    const back = Number(line.getAttribute('x1')) > Number(line.getAttribute('x2'));
    const clip = [{ clipPath: back ? 'inset(-12px 0 -12px 100%)' : 'inset(-12px 100% -12px 0)' }, { clipPath: 'inset(-12px -12px -12px -12px)' }];
    (mark as SVGGElement).animate(clip, { duration: Math.min(520, 220 + length), easing: 'cubic-bezier(.3,.1,.2,1)' });
  }

  protected override render(): TemplateResult {
    const { events, step, services } = this;
    const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const dense = this.width < 240 * scale;
    const scene = makeScene(events, step);
    const placed = layOut(scene, this.rows, this.width);
    const { count, title, shown } = this.prelude;
    const first = shown ? 0 : count;
    const current = Math.max(first, step);
    const heading = (at: number) => this.phases.find((phase) => phase.at === at)?.title;
    return html`
      <div class="steps-head"><div class="lanes-head" aria-hidden="true">
        ${scene.lanes.map((lane) => html`<span class="lane-name a-${lane.actor}" title=${lane.name}>${icon(lane.actor, 18)}<small>${lane.name}</small></span>`)}
      </div><h3 class="trace-title">Step by step</h3></div>
      ${count ? html`<button class="beforehand" aria-expanded=${shown} @click=${() => services?.act({ type: 'beforehand', shown: !shown })}>
        ${icon(shown ? 'down' : 'next', 12)}<span>${title}</span><span class="quiet">${count} steps</span></button>` : ''}
      <div class="steps-body">
        <svg class="lanes" width=${this.width} height=${placed.height} aria-hidden="true" focusable="false">
          <defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="5" class="hatch-line" /></pattern></defs>
          ${draw(placed, dense, scale)}
        </svg>
        <ol class="steps" start=${first + 1}>
          ${events.map((event, i) => i < first ? '' : html`
            <li data-at=${i} class="step ${i === step ? 'now' : i < step ? 'past' : 'later'} ${event.hostile ? 'hostile' : ''} ${this.line && event.range && event.range.line <= this.line && this.line <= event.range.endLine ? 'here' : ''} k-${event.kind}"
              aria-current=${i === step ? 'step' : 'false'}>
              ${heading(i) ? html`<p class="phase">${heading(i)}</p>` : ''}
              <button class="sentence" tabindex=${i === current ? 0 : -1} aria-expanded=${i === step}
                @click=${() => services?.act({ type: 'step', to: i })}><span class="number" aria-hidden="true">${i + 1}</span><span>${event.sentence}</span></button>
              ${i === step && services ? eventDetails(event, events, services) : ''}
            </li>`)}
        </ol>
      </div>`;
  }
}
customElements.define('wh-steps', StepsElement);

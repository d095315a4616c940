/**
 * Endpoints against the ladder of attackers. A real table that behaves as a grid: one cell is in the tab
 * order, arrows move, Enter opens. Narrow screens stand the ladder upright; the table stays a table.
 */
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { AnalyseReply, Cell, MatrixRow, World } from '../core/protocol.ts';
import type { Choice } from '../state/model.ts';
import { ladder } from '../state/select.ts';
import { PageElement } from './element.ts';
import { icon } from './icons.ts';
import { sentence, verdictMeaning, verdictWord } from './words.ts';

export class MatrixElement extends PageElement {
  static override properties: PropertyDeclarations = {
    analysis: { attribute: false }, choice: { attribute: false }, old: { type: Boolean }, focused: { state: true },
  };
  declare analysis: AnalyseReply;
  declare choice: Choice | null;
  declare old: boolean;
  /** The cell in the tab order, if it is not the chosen one. */
  declare focused: { row: number; column: number } | null;
  private columns = 0;
  onopen: (choice: Choice, focus: boolean) => void = () => {};

  constructor() {
    super();
    this.focused = null;
    this.choice = null;
    this.old = false;
    this.addEventListener('keydown', (event) => this.key(event));
    this.addEventListener('focusout', (event) => {
      if (!this.contains(event.relatedTarget as Node | null)) this.focused = null;
    });
  }

  private key(event: KeyboardEvent): void {
    const button = (event.target as HTMLElement).closest<HTMLElement>('button[data-row]');
    if (!button || event.altKey || event.ctrlKey || event.metaKey) return;
    const row = Number(button.dataset['row']);
    let column = Number(button.dataset['column']);
    switch (event.key) {
      case 'ArrowRight': column += 1; break;
      case 'ArrowLeft': column -= 1; break;
      case 'Home': column = 0; break;
      case 'End': column = this.columns - 1; break;
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        const next = this.beside(button, event.key === 'ArrowDown' ? 1 : -1);
        if (next) this.focusCell(Number(next.dataset['row']), Number(next.dataset['column']));
        return;
      }
      default: return;
    }
    event.preventDefault();
    this.focusCell(row, Math.max(0, Math.min(this.columns - 1, column)));
  }

  /** What is below or above on the screen, however the ladder is broken into lines. */
  private beside(from: HTMLElement, direction: 1 | -1): HTMLElement | undefined {
    const here = from.getBoundingClientRect();
    const far = (button: HTMLElement) => {
      const box = button.getBoundingClientRect();
      return direction * (box.top - here.top) * 4 + Math.abs(box.left - here.left);
    };
    return [...this.querySelectorAll<HTMLElement>('button[data-row]')]
      .filter((button) => direction * (button.getBoundingClientRect().top - here.top) > here.height / 2)
      .sort((a, b) => far(a) - far(b))[0];
  }

  private focusCell(row: number, column: number): void {
    this.focused = { row, column };
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('button[tabindex="0"]')?.focus());
  }

  private cell(world: World, row: MatrixRow, cell: Cell | undefined, at: { row: number; column: number }, tab: { row: number; column: number }): TemplateResult {
    if (!cell) return html`<td role="gridcell"><span class="cell none">–</span></td>`;
    const chosen = this.choice?.request === row.request && this.choice.world === world.name;
    const leaked = cell.leaked.length ? ` Leaked: ${cell.leaked.join(', ')}.` : '';
    const label = `${row.label}, ${world.title}: ${verdictWord[cell.verdict]}. ${sentence(cell.summary)}${leaked}`;
    return html`<td role="gridcell" aria-selected=${chosen}>
      <button class="cell v-${cell.verdict}" data-row=${at.row} data-column=${at.column} data-world=${world.name} data-verdict=${cell.verdict}
        tabindex=${at.row === tab.row && at.column === tab.column ? 0 : -1} aria-label=${label} title=${cell.summary ? sentence(cell.summary) : verdictMeaning[cell.verdict]}
        @click=${(event: MouseEvent) => this.onopen({ request: row.request, world: world.name }, event.detail === 0)}>
        <span class="cell-world">${world.title}</span>
        ${icon(cell.verdict, 20)}<span class="cell-word">${verdictWord[cell.verdict]}</span>
      </button></td>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { analysis, choice } = this;
    if (!analysis || analysis.rows.length === 0) return nothing;
    const worlds = ladder(analysis.worlds).filter((w) => analysis.rows.some((r) => r.cells.some((c) => c.world === w.name)));
    this.columns = worlds.length;
    const chosen = {
      row: Math.max(0, analysis.rows.findIndex((r) => r.request === choice?.request)),
      column: Math.max(0, worlds.findIndex((w) => w.name === choice?.world)),
    };
    const tab = this.focused ?? chosen;
    return html`
      <div class="ladder-ends" aria-hidden="true"><span>weakest attacker</span><i></i><span>strongest</span></div>
      <table class="matrix w${worlds.length} ${analysis.rows.length === 1 ? 'one-row' : ''} ${this.old ? 'is-old' : ''}" role="grid" aria-label="Endpoints against the ladder of attackers, weakest first">
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col" class="corner"><span class="quiet">Endpoint</span></th>
          ${worlds.map((world) => html`<th role="columnheader" scope="col" class=${world.name === choice?.world ? 'chosen' : ''} title=${world.description}>${world.title}</th>`)}
        </tr></thead>
        <tbody role="rowgroup">
          ${analysis.rows.map((row, r) => html`<tr role="row">
            <th role="rowheader" scope="row"><code>${row.label}</code></th>
            ${worlds.map((world, column) => this.cell(world, row, row.cells.find((c) => c.world === world.name), { row: r, column }, tab))}
          </tr>`)}
        </tbody>
      </table>`;
  }
}
customElements.define('wh-matrix', MatrixElement);

/**
 * The code. Shows plain text at once, and the editor as soon as its chunk is here. The editor lives in
 * a shadow root, where its style sheets are allowed by a policy that forbids inline styles.
 */
import { LitElement, css, html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Fix, Range } from '../core/protocol.ts';
import type { CodeEditor } from '../editor/view.ts';
import { currentEvent } from '../state/select.ts';
import type { State } from '../state/model.ts';
import type { Act } from './element.ts';
import { fixKey } from './words.ts';

export class CodeElement extends LitElement {
  static override properties: PropertyDeclarations = { state: { attribute: false } };
  static override styles = css`
    :host { display: flex; flex-direction: column; min-height: 0; }
    .editor { flex: 1; min-height: 0; overflow: hidden; position: relative; }
    .editor > .cm-editor { height: 100%; }
    pre { margin: 0; padding: 12px 16px 20px 58px; font: var(--code-size)/1.6 var(--mono); color: var(--text); overflow: auto; height: 100%; box-sizing: border-box; }
    .hint { margin: 0; padding: 5px 16px 6px; font-size: 0.75rem; line-height: 1.4; color: var(--muted); border-top: 1px solid var(--edge); }
    .keys { display: none; }
    :host(:focus-within) .keys { display: inline; }
    kbd { font: inherit; font-weight: 600; }
  `;
  declare state: State;
  act: Act = () => {};
  onfix: (fix: Fix) => void = () => {};
  private editor: CodeEditor | null = null;
  private shown = { replaced: 0, analysed: -1, marked: null as Range | null, count: -1 };

  override connectedCallback(): void {
    super.connectedCallback();
    void import('../editor/view.ts').then(async ({ createEditor }) => {
      await this.updateComplete;
      const place = this.renderRoot.querySelector<HTMLElement>('.editor')!;
      this.editor = createEditor({
        parent: place,
        root: this.renderRoot as ShadowRoot,
        code: this.state.code,
        onchange: (code) => this.act({ type: 'typed', code }),
        oncursor: (line, at) => this.act({ type: 'cursor', line, at }),
        onfix: (fix) => this.onfix(fix),
      });
      place.querySelector('pre')?.remove();
      this.toggleAttribute('data-ready', true);
      this.follow();
    });
  }

  goTo(range: Range): void {
    this.editor?.goTo(range);
  }

  override focus(): void {
    this.editor?.focus();
  }

  protected override updated(_: PropertyValues): void {
    this.follow();
  }

  /** Tells the editor what is new; the rest of it is its own business. */
  private follow(): void {
    const { editor, shown, state } = this;
    if (!editor) {
      const pre = this.renderRoot.querySelector('pre');
      if (pre) pre.textContent = state.code;
      return;
    }
    if (shown.replaced !== state.replaced) {
      shown.replaced = state.replaced;
      editor.setCode(state.code);
    }
    // Marks move with the text while it is typed; new ones come with the analysis of it.
    if (shown.analysed !== state.analysedRevision && state.analysedRevision === state.revision && state.analysis) {
      shown.analysed = state.analysedRevision;
      editor.setFindings(state.analysis.findings, state.analysis.diagnostics);
    }
    if (shown.marked !== state.marked) {
      shown.marked = state.marked;
      editor.setMark(state.marked, currentEvent(state)?.range === state.marked);
    }
  }

  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (!this.hasUpdated) return true;
    const count = this.state.analysis?.findings.length ?? -1;
    const render = count !== this.shown.count;
    this.shown.count = count;
    if (!render && changed.has('state')) this.follow();
    return render;
  }

  protected override render(): TemplateResult {
    const count = this.state.analysis?.findings.length ?? 0;
    return html`
      <div class="editor"><pre></pre></div>
      <p class="hint" id="hint">
        ${count === 0 ? 'No findings.' : html`${count === 1 ? 'One finding' : `${count} findings`}: <kbd>F8</kbd> goes to the next, <kbd>${fixKey}</kbd> fixes.`}
        <span class="keys"><kbd>Esc</kbd> then <kbd>Tab</kbd> leaves the editor.</span>
      </p>`;
  }
}
customElements.define('wh-code', CodeElement);

/** The dialog with the link. What is in it is said plainly; nothing is sent anywhere. */
import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { fits } from '../share/link.ts';
import type { State } from '../state/model.ts';
import { PageElement } from './element.ts';
import { icon } from './icons.ts';

export class ShareElement extends PageElement {
  static override properties: PropertyDeclarations = { state: { attribute: false }, said: { state: true } };
  declare state: State;
  declare said: string;
  onclosed: () => void = () => {};

  constructor() {
    super();
    this.said = '';
  }

  private async copy(text: string, done: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.said = done;
    } catch {
      const field = this.querySelector('textarea')!;
      field.value = text;
      field.select();
      this.said = 'The clipboard is not available here. The text is selected: copy it with the keyboard.';
    }
  }

  protected override updated(changed: PropertyValues): void {
    const dialog = this.querySelector('dialog')!;
    if (this.state.sharing && !dialog.open) {
      this.said = '';
      dialog.showModal();
      dialog.querySelector('textarea')!.select();
    } else if (!this.state.sharing && dialog.open) {
      dialog.close();
    }
    void changed;
  }

  private markdown(): string {
    const { code, analysis } = this.state;
    const found = analysis?.findings.map((f) => `- line ${f.range.line}: **${f.name}**. ${f.message}`).join('\n') ?? '';
    const { text, detail } = analysis?.headline ?? { text: '', detail: '' };
    return `**${text}** ${detail}\n\n\`\`\`python\n${code.trimEnd()}\n\`\`\`\n\n${found}\n\n[Play it](${this.state.sharing?.link ?? ''})\n`;
  }

  protected override render(): TemplateResult {
    const { sharing, lesson, choice } = this.state;
    const link = sharing?.link ?? '';
    return html`<dialog class="share" aria-labelledby="share-title" @close=${() => this.onclosed()}
      @click=${(event: MouseEvent) => event.target === event.currentTarget && this.onclosed()}>
      <div class="share-body">
        <div class="share-head"><h2 id="share-title">Share this</h2>
          <button class="round" aria-label="Close" @click=${() => this.onclosed()}>${icon('close')}</button></div>
        <p>The link holds your code${choice ? ', the cell that is open' : ''}${lesson ? ', the lesson' : ''}, and nothing else. It is made here, and the part that holds the code is never sent to a server.</p>
        <label class="quiet" for="share-link">Link, ${link.length.toLocaleString('en')} characters: ${fits(link.length)}</label>
        <textarea id="share-link" readonly rows="4" .value=${link}></textarea>
        <p class="row"><button class="button strong" @click=${() => this.copy(link, 'Link copied.')}>Copy link</button>
          <button class="button" @click=${() => this.copy(this.markdown(), 'Copied as Markdown.')}>Copy as Markdown</button></p>
        <p class="said" role="status">${this.said}</p>
      </div>
    </dialog>`;
  }
}
customElements.define('wh-share', ShareElement);

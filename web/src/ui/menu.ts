/** A button that opens a list of choices. Arrow keys move, Escape closes, leaving it closes it. */
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { PageElement } from './element.ts';
import { icon } from './icons.ts';

export interface MenuItem { id: string; title: string; about?: string; mark?: TemplateResult | string; group?: string; current?: boolean }

let count = 0;

export class MenuElement extends PageElement {
  static override properties: PropertyDeclarations = {
    label: {}, glyph: {}, items: { attribute: false }, open: { state: true }, onpick: { attribute: false },
  };
  declare label: string;
  declare glyph: string;
  declare items: MenuItem[];
  declare open: boolean;
  declare onpick: (id: string) => void;
  private readonly listId = `menu-${(count += 1)}`;

  constructor() {
    super();
    this.items = [];
    this.open = false;
    this.addEventListener('keydown', (event) => this.key(event));
    this.addEventListener('focusout', (event) => {
      if (!this.contains(event.relatedTarget as Node | null)) this.open = false;
    });
  }

  private readonly outside = (event: Event) => {
    if (!this.contains(event.target as Node)) this.open = false;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.outside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.outside);
  }

  private buttons(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('button')];
  }

  private async key(event: KeyboardEvent): Promise<void> {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === 'Escape' && this.open) {
      this.open = false;
      this.buttons()[0]!.focus();
    } else if (event.key in moves || (this.open && (event.key === 'Home' || event.key === 'End'))) {
      event.preventDefault();
      if (!this.open) {
        this.open = true;
        await this.updateComplete;
      }
      const items = this.buttons().slice(1);
      const at = items.indexOf(document.activeElement as HTMLElement);
      const to = event.key === 'Home' ? 0 : event.key === 'End' ? items.length - 1 : at + moves[event.key]!;
      items[(to + items.length) % items.length]?.focus();
    }
  }

  private pick(id: string): void {
    this.open = false;
    this.buttons()[0]!.focus();
    this.onpick(id);
  }

  protected override render(): TemplateResult {
    let group = '';
    return html`
      <button class="bar-button" aria-expanded=${this.open} aria-controls=${this.listId} aria-label=${this.label}
        @click=${() => (this.open = !this.open)}>
        ${icon(this.glyph)}<span class="wide">${this.label}</span>${icon('down', 12)}
      </button>
      <div class="menu" id=${this.listId} ?hidden=${!this.open} role="group" aria-label=${this.label}>
        ${this.items.map((item) => {
          const heading = item.group && item.group !== group ? html`<p class="menu-group">${item.group}</p>` : '';
          group = item.group ?? group;
          return html`${heading}
            <button class="menu-item" aria-current=${item.current ? 'true' : 'false'} @click=${() => this.pick(item.id)}>
              <span class="menu-mark">${item.mark ?? ''}</span>
              <span><b>${item.title}</b>${item.about ? html`<small>${item.about}</small>` : ''}</span>
            </button>`;
        })}
      </div>`;
  }
}
customElements.define('wh-menu', MenuElement);

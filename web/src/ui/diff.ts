/** Lines that change, with signs that are said as words too. */
import { html, type TemplateResult } from 'lit';
import { dedented, type DiffLine } from '../diff/lines.ts';

const SIGNS: Record<DiffLine['kind'], string> = { same: ' ', removed: '−', added: '+' };
const SAID: Record<DiffLine['kind'], string> = { same: '', removed: 'removed: ', added: 'added: ' };

export function diffView(lines: readonly DiffLine[], label: string): TemplateResult {
  return html`<div class="hunk"><pre tabindex="0" aria-label=${label}>${dedented(lines).map((l) => html`<span class="dl dl-${l.kind}"><i aria-hidden="true">${SIGNS[l.kind]}</i><span class="visually-hidden">${SAID[l.kind]}</span>${l.text}
</span>`)}</pre></div>`;
}

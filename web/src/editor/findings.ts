/** Findings and syntax errors in the editor: marks, a tooltip for pointer and keyboard, fixes. */
import { forEachDiagnostic, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics, type Diagnostic as Mark } from '@codemirror/lint';
import { Prec, StateEffect, StateField, type Extension } from '@codemirror/state';
import { EditorView, keymap, showTooltip, type Command, type Tooltip } from '@codemirror/view';
import type { Diagnostic, Finding, Fix } from '../core/protocol.ts';

export interface FindingActions { fix(fix: Fix): void }

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
export const FIX_KEY = isMac ? '⌘ .' : 'Ctrl .';

function body(title: string, text: string, keys: string): HTMLElement {
  const node = document.createElement('div');
  const strong = document.createElement('strong');
  strong.textContent = title;
  node.append(strong, text);
  if (keys) {
    const hint = document.createElement('span');
    hint.className = 'keys';
    hint.textContent = keys;
    node.append(hint);
  }
  return node;
}

const severity: Record<Finding['severity'], Mark['severity']> = { critical: 'error', high: 'error', medium: 'warning', low: 'info' };

function ofFinding(finding: Finding, length: number, actions: FindingActions): Mark {
  const condition = finding.conditions.map((c) => c.text).join(', ');
  const message = condition ? `${finding.message} (${condition})` : finding.message;
  const keys = finding.fixes[0] ? `${FIX_KEY} applies: ${finding.fixes[0].title}` : (finding.noFixReason ?? '');
  return {
    from: Math.min(finding.range.from, length),
    to: Math.min(finding.range.to, length),
    severity: severity[finding.severity],
    message,
    source: finding.rule,
    renderMessage: () => body(finding.name, message, keys),
    actions: finding.fixes.map((fix) => ({ name: fix.title, apply: () => actions.fix(fix) })),
  };
}

export function showFindings(view: EditorView, findings: readonly Finding[], diagnostics: readonly Diagnostic[], actions: FindingActions): void {
  const length = view.state.doc.length;
  const marks = [
    ...findings.map((finding) => ofFinding(finding, length, actions)),
    ...diagnostics.map((d): Mark => ({
      from: Math.min(d.range.from, length),
      to: Math.min(Math.max(d.range.to, d.range.from), length),
      severity: d.severity === 'note' ? 'info' : d.severity,
      message: d.message,
      renderMessage: () => body({ error: 'Syntax error', warning: 'Warning', note: 'Note' }[d.severity], d.message, ''),
    })),
  ];
  marks.sort((a, b) => a.from - b.from);
  view.dispatch(setDiagnostics(view.state, marks));
}

const openTip = StateEffect.define<number | null>();

/** The tooltip that the keyboard opens (F8); the pointer has the linter's own. */
const tip = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(openTip)) return effect.value === null ? null : tipAt(effect.value);
    }
    return transaction.docChanged || transaction.selection ? null : value;
  },
  provide: (field) => showTooltip.from(field),
});

function marksAt(view: EditorView, at: number): Mark[] {
  const found: Mark[] = [];
  forEachDiagnostic(view.state, (mark, from, to) => {
    if (from <= at && at <= to) found.push({ ...mark, from, to });
  });
  return found;
}

function tipAt(pos: number): Tooltip {
  return {
    pos,
    above: true,
    create(view) {
      const dom = document.createElement('div');
      dom.className = 'wh-tip';
      for (const mark of marksAt(view, pos)) {
        const part = dom.appendChild(document.createElement('div'));
        part.className = 'cm-diagnostic';
        part.append(mark.renderMessage ? mark.renderMessage(view) : mark.message);
        for (const action of mark.actions ?? []) {
          const button = part.appendChild(document.createElement('button'));
          button.className = 'cm-diagnosticAction';
          button.textContent = action.name;
          button.onclick = () => action.apply(view, mark.from, mark.to);
        }
      }
      return { dom };
    },
  };
}

const jump = (go: Command): Command => (view) => {
  if (!go(view)) return false;
  view.dispatch({ effects: [openTip.of(view.state.selection.main.from), EditorView.scrollIntoView(view.state.selection.main.from, { y: 'center' })] });
  return true;
};

const applyFix: Command = (view) => {
  const at = view.state.selection.main.head;
  const line = view.state.doc.lineAt(at);
  let best: Mark | null = null;
  forEachDiagnostic(view.state, (mark, from, to) => {
    if (!mark.actions?.length || to < line.from || from > line.to) return;
    const covers = from <= at && at <= to;
    if (!best || (covers && !(best.from <= at && at <= best.to))) best = { ...mark, from, to };
  });
  const mark = best as Mark | null;
  if (!mark) return false;
  mark.actions![0]!.apply(view, mark.from, mark.to);
  return true;
};

const close: Command = (view) => {
  if (!view.state.field(tip)) return false;
  view.dispatch({ effects: openTip.of(null) });
  return true;
};

export function findingExtensions(): Extension {
  return [
    lintGutter(),
    tip,
    Prec.high(keymap.of([
      { key: 'F8', run: jump(nextDiagnostic) },
      { key: 'Shift-F8', run: jump(previousDiagnostic) },
      { key: 'Mod-.', run: applyFix },
      { key: 'Alt-Enter', run: applyFix },
      { key: 'Escape', run: close },
    ])),
  ];
}

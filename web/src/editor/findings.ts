/** Findings and syntax errors in the editor: marks, the linter's tooltip (pointer, F8), fixes by key. */
import { forEachDiagnostic, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics, type Diagnostic as Mark } from '@codemirror/lint';
import { Prec, type Extension } from '@codemirror/state';
import { closeHoverTooltips, hasHoverTooltips, keymap, type Command, type EditorView } from '@codemirror/view';
import type { Diagnostic, Finding, Fix } from '../core/protocol.ts';
import { fixKey } from '../ui/words.ts';

export interface FindingActions { fix(fix: Fix): void }

function body(title: string, text: string, keys: string): HTMLElement {
  const node = document.createElement('div');
  const strong = document.createElement('strong');
  strong.textContent = title;
  node.append(strong, text);
  if (keys) {
    const hint = document.createElement('span');
    hint.className = 'fix-keys';
    hint.textContent = keys;
    node.append(hint);
  }
  return node;
}

const severity: Record<Finding['severity'], Mark['severity']> = { critical: 'error', high: 'error', medium: 'warning', low: 'info' };

function ofFinding(finding: Finding, length: number, actions: FindingActions): Mark {
  const condition = finding.conditions.map((c) => c.text).join(', ');
  const message = condition ? `${finding.message} (${condition})` : finding.message;
  const keys = finding.fixes[0] ? `${fixKey} applies: ${finding.fixes[0].title}` : (finding.noFixReason ?? '');
  return {
    from: Math.min(finding.range.from, length),
    to: Math.min(finding.range.to, length),
    severity: severity[finding.severity],
    message,
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

/** What a pointer or F8 opened goes away with Escape, without moving anything. */
const close: Command = (view) => {
  if (!hasHoverTooltips(view.state)) return false;
  view.dispatch({ effects: closeHoverTooltips });
  return true;
};

export function findingExtensions(): Extension {
  return [
    lintGutter(),
    Prec.high(keymap.of([
      { key: 'F8', run: nextDiagnostic },
      { key: 'Shift-F8', run: previousDiagnostic },
      { key: 'Mod-.', run: applyFix },
      { key: 'Alt-Enter', run: applyFix },
      { key: 'Escape', run: close },
    ])),
  ];
}

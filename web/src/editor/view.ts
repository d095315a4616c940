/** The CodeMirror editor. A chunk of its own: the page shows the text before it is here. */
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit, LanguageSupport } from '@codemirror/language';
import { pythonLanguage } from '@codemirror/lang-python';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, type Command } from '@codemirror/view';
import type { Diagnostic, Finding, Fix, Range } from '../core/protocol.ts';
import { changeBetween } from '../state/edits.ts';
import { findingExtensions, showFindings } from './findings.ts';
import { codeMarks, setMark } from './marks.ts';
import { editorTheme } from './theme.ts';

export interface EditorOptions {
  parent: ShadowRoot | HTMLElement;
  root: ShadowRoot | Document;
  code: string;
  onchange(code: string): void;
  oncursor(line: number, at: number): void;
  onfix(fix: Fix): void;
}

export interface CodeEditor {
  setCode(code: string): void;
  setFindings(findings: readonly Finding[], diagnostics: readonly Diagnostic[]): void;
  setMark(range: Range | null, scroll: boolean): void;
  setLabel(label: string): void;
  goTo(range: Range): void;
  focus(): void;
  destroy(): void;
}

export function createEditor(options: EditorOptions): CodeEditor {
  // Tab indents only after typing or clicking; on arrival it moves on, so nobody is caught in here.
  let editing = false;
  let byPage = false;
  const tab = (indent: Command): Command => (view) => (editing ? indent(view) : false);
  const label = new Compartment();
  const labelled = (text: string) => EditorView.contentAttributes.of({ 'aria-label': text, 'aria-describedby': 'hint' });

  const view = new EditorView({
    parent: options.parent,
    root: options.root,
    state: EditorState.create({
      doc: options.code,
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        indentUnit.of('    '),
        EditorState.tabSize.of(4),
        new LanguageSupport(pythonLanguage),
        editorTheme,
        findingExtensions(),
        codeMarks,
        label.of(labelled('Python code')),
        EditorView.contentAttributes.of({ autocapitalize: 'off', autocorrect: 'off', spellcheck: 'false', tabindex: '0' }),
        keymap.of([
          { key: 'Tab', run: tab(indentMore), shift: tab(indentLess) },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.domEventHandlers({
          blur: () => void (editing = false),
          mousedown: () => void (editing = true),
          // Left to Chromium, text typed over a selection is wrapped in an inline style, which the policy refuses.
          beforeinput(event, view) {
            const { data, inputType } = event as InputEvent;
            if (inputType !== 'insertText' || !data || view.composing || view.state.selection.main.empty) return false;
            event.preventDefault();
            view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
            return true;
          },
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !byPage) {
            editing = true;
            options.onchange(update.state.doc.toString());
          }
          if (update.selectionSet || update.docChanged || update.focusChanged) {
            const { head } = update.state.selection.main;
            options.oncursor(update.state.doc.lineAt(head).number, head);
          }
        }),
      ],
    }),
  });

  return {
    setCode(code) {
      const change = changeBetween(view.state.doc.toString(), code);
      if (!change) return;
      byPage = true;
      view.dispatch({ changes: change, userEvent: 'input.page' });
      byPage = false;
    },
    setFindings: (findings, diagnostics) => showFindings(view, findings, diagnostics, { fix: options.onfix }),
    setMark(range, scroll) {
      const effects = [setMark.of(range)] as Parameters<typeof view.dispatch>[0]['effects'][];
      if (range && scroll && range.from <= view.state.doc.length) {
        effects.push(EditorView.scrollIntoView(range.from, { y: 'nearest', yMargin: 60 }));
      }
      view.dispatch({ effects: effects as never });
    },
    setLabel: (text) => view.dispatch({ effects: label.reconfigure(labelled(text)) }),
    goTo(range) {
      const from = Math.min(range.from, view.state.doc.length);
      const to = Math.min(range.to, view.state.doc.length);
      view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

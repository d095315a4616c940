/** Marks the code that the current step of the trace is about. */
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

export const setMark = StateEffect.define<{ from: number; to: number } | null>();

const line = Decoration.line({ class: 'wh-line' });
const mark = Decoration.mark({ class: 'wh-mark' });

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = transaction.docChanged ? Decoration.none : marks;
    for (const effect of transaction.effects) {
      if (!effect.is(setMark)) continue;
      const doc = transaction.state.doc;
      if (!effect.value || effect.value.from >= doc.length) {
        next = Decoration.none;
        continue;
      }
      const { from } = effect.value;
      const to = Math.min(effect.value.to, doc.length);
      const first = doc.lineAt(from);
      const last = doc.lineAt(to);
      const set = [];
      for (let n = first.number; n <= Math.min(last.number, first.number + 20); n += 1) set.push(line.range(doc.line(n).from));
      if (to > from && first.number === last.number) set.push(mark.range(from, to));
      next = Decoration.set(set, true);
    }
    return next;
  },
  provide: (f) => EditorView.decorations.from(f),
});

export const codeMarks: Extension = field;

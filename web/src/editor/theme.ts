/** Colours come from the page's custom properties, which reach into the shadow root. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags as t } from '@lezer/highlight';

const icon = (body: string, color: string) =>
  `url('data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${body.replaceAll('#', '%23').replaceAll('$C', color.replace('#', '%23'))}</svg>')`;

export const editorTheme = [
  EditorView.theme({
    '&': { color: 'var(--text)', backgroundColor: 'transparent', fontSize: 'var(--code-size)', height: '100%' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', overflow: 'auto' },
    '.cm-content': { padding: '12px 0 20px', caretColor: 'var(--text)' },
    '.cm-line': { padding: '0 16px 0 6px' },
    // Long lines pass behind the numbers.
    '.cm-gutters': { backgroundColor: 'var(--card)', color: 'var(--faint)', border: 'none' },
    '.cm-lineNumbers .cm-gutterElement': { padding: '0 8px 0 12px', minWidth: '34px', fontVariantNumeric: 'tabular-nums' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
    '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': { backgroundColor: 'var(--line)', color: 'inherit' },
    '.cm-activeLine.wh-line, &.cm-focused .cm-activeLine.wh-line': { backgroundColor: 'var(--mark)' },
    '.cm-cursor': { borderLeftColor: 'var(--text)', borderLeftWidth: '2px' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--selection)' },
    '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--selection)', outline: '1px solid var(--edge-strong)' },
    '.wh-line': { backgroundColor: 'var(--mark)', boxShadow: 'inset 3px 0 0 var(--accent)' },
    '.wh-mark': { borderRadius: '3px', outline: '1.5px solid var(--accent)', outlineOffset: '1px' },
    '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '1px', textDecoration: 'underline wavy 1.5px var(--attack)', textUnderlineOffset: '4px', textDecorationSkipInk: 'none' },
    '.cm-lintRange-warning': { textDecorationColor: 'var(--warn)' },
    '.cm-lintRange-info, .cm-lintRange-hint': { textDecorationColor: 'var(--muted)', textDecorationStyle: 'dotted' },
    '.cm-lintRange-active': { backgroundColor: 'var(--attack-wash)' },
    '.cm-gutter-lint': { width: '18px' },
    '.cm-gutter-lint .cm-gutterElement': { padding: '0 0 0 4px' },
    '.cm-lint-marker': { width: '13px', height: '1.6em', backgroundSize: '13px', backgroundRepeat: 'no-repeat', backgroundPosition: 'center', content: 'none' },
    '.cm-lint-marker-error': { content: 'none', backgroundImage: icon('<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="$C"/><path d="M8 4v5M8 11v1.4" stroke="#fff" stroke-width="2"/>', '#d1372c') },
    '.cm-lint-marker-warning': { content: 'none', backgroundImage: icon('<path d="M8 1l7.5 14H.5z" fill="$C"/><path d="M8 6v4M8 11.6V13" stroke="#fff" stroke-width="1.8"/>', '#a8750a') },
    '.cm-lint-marker-info': { content: 'none', backgroundImage: icon('<circle cx="8" cy="8" r="7" fill="$C"/><path d="M8 7v5M8 4v1.6" stroke="#fff" stroke-width="2"/>', '#6b7785') },
    '.cm-tooltip': { backgroundColor: 'var(--card)', color: 'var(--text)', border: '1px solid var(--edge-strong)', borderRadius: '8px', boxShadow: 'var(--lift)', zIndex: '30' },
    '.cm-tooltip-lint': { padding: '0', margin: '0', maxWidth: 'min(440px, 86vw)' },
    '.cm-diagnostic': { padding: '10px 12px', margin: '0', borderLeft: 'none', fontFamily: 'var(--sans)', fontSize: '0.8438rem', lineHeight: '1.45' },
    '.cm-diagnostic + .cm-diagnostic': { borderTop: '1px solid var(--edge)' },
    '.cm-diagnosticText': { display: 'block', whiteSpace: 'normal' },
    '.cm-diagnosticText strong': { display: 'block', marginBottom: '2px' },
    '.cm-diagnosticText .fix-keys': { display: 'block', marginTop: '6px', color: 'var(--muted)', fontSize: '0.7812rem' },
    '.cm-diagnosticAction': { font: '600 0.8125rem var(--sans)', color: 'var(--on-accent)', backgroundColor: 'var(--accent)', border: '0', borderRadius: '6px', padding: '5px 10px', margin: '8px 8px 0 0', minHeight: '1.75rem', cursor: 'pointer' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [t.keyword, t.operatorKeyword, t.controlKeyword, t.definitionKeyword, t.moduleKeyword], color: 'var(--code-keyword)' },
      { tag: [t.string, t.special(t.string)], color: 'var(--code-string)' },
      { tag: [t.number, t.bool, t.null], color: 'var(--code-constant)' },
      { tag: t.comment, color: 'var(--code-comment)', fontStyle: 'italic' },
      { tag: [t.function(t.definition(t.variableName)), t.definition(t.className)], color: 'var(--code-name)', fontWeight: '600' },
      { tag: [t.function(t.variableName), t.function(t.propertyName)], color: 'var(--code-name)' },
      { tag: t.meta, color: 'var(--code-keyword)' },
      { tag: t.invalid, color: 'var(--attack)' },
    ]),
  ),
];

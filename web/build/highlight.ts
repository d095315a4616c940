/** Python in texts, coloured when the page is built, with the classes that the editor's theme uses. */
import { classHighlighter, highlightCode } from '@lezer/highlight';
import { pythonLanguage } from '@codemirror/lang-python';
import { escapeHtml } from './markdown.ts';

export function highlightPython(code: string): string {
  let html = '';
  highlightCode(
    code,
    pythonLanguage.parser.parse(code),
    classHighlighter,
    (text, classes) => {
      html += classes ? `<span class="${classes}">${escapeHtml(text)}</span>` : escapeHtml(text);
    },
    () => {
      html += '\n';
    },
  );
  return html;
}

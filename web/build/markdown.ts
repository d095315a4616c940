/**
 * The Markdown of lessons and texts to HTML, when the page is built: headings, paragraphs, lists, fenced
 * code, quotes, tables, rules; code, emphasis and links inside a line. Raw HTML is shown as text.
 */
import { highlightPython } from './highlight.ts';

export interface Document { meta: Record<string, string>; html: string }

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** `key: value` lines between two lines of `---` at the top. */
export function frontMatter(text: string): { meta: Record<string, string>; body: string } {
  const found = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(text);
  if (!found) return { meta: {}, body: text };
  const meta: Record<string, string> = {};
  for (const line of found[1]!.split(/\r?\n/)) {
    const pair = /^([\w-]+):\s*(.*)$/.exec(line);
    if (pair) meta[pair[1]!] = pair[2]!.trim().replace(/^(["'])(.*)\1$/, '$2');
  }
  return { meta, body: text.slice(found[0].length) };
}

export function inline(text: string): string {
  // Code first: nothing inside it is markup. \0 n \0 stands for the n-th piece until the end.
  const kept: string[] = [];
  const keep = (html: string) => `\0${kept.push(html) - 1}\0`;
  let out = text.replace(/(`+)([\s\S]*?[^`])\1(?!`)/g, (_, _ticks: string, code: string) =>
    keep(`<code>${escapeHtml(code.trim())}</code>`));
  out = out.replace(/\\([\\`*_[\]()#+.!|-])/g, (_, character: string) => keep(escapeHtml(character)));
  out = escapeHtml(out);
  out = out.replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (whole, label: string, target: string) => {
    if (!/^(https:\/\/|#)/.test(target)) return whole;
    const away = target.startsWith('https:') ? ' rel="noreferrer" target="_blank"' : '';
    return `${keep(`<a href="${target}"${away}>`)}${label}${keep('</a>')}`;
  });
  out = out.replace(/\*\*(\S(?:[\s\S]*?\S)?)\*\*/g, '<strong>$1</strong>');
  out = out.replace(/(^|[^\w*])\*(\S(?:[^*]*?\S)?)\*(?![\w*])/g, '$1<em>$2</em>');
  out = out.replace(/(^|[^\w_])_(\S(?:[^_]*?\S)?)_(?![\w_])/g, '$1<em>$2</em>');
  return out.replace(/\0(\d+)\0/g, (_, at: string) => kept[Number(at)]!);
}

const LIST = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;

function codeBlock(language: string, code: string): string {
  const python = language === 'python' || language === 'py';
  const body = python ? highlightPython(code) : escapeHtml(code);
  return `<pre tabindex="0"><code>${body}</code></pre>`;
}

function table(rows: string[]): string {
  const cells = (row: string) => row.trim().replace(/^\|/, '').replace(/\|$/, '').split(/(?<!\\)\|/).map((c) => inline(c.trim()));
  const head = cells(rows[0]!).map((c) => `<th scope="col">${c}</th>`).join('');
  const body = rows.slice(2).map((row) => `<tr>${cells(row).map((c) => `<td>${c}</td>`).join('')}</tr>`).join('');
  return `<div class="scrolls" tabindex="0" role="group" aria-label="Table"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function list(lines: string[]): string {
  const first = LIST.exec(lines[0]!)!;
  const indent = first[1]!.length;
  const ordered = /\d/.test(first[2]!);
  const items: string[][] = [];
  for (const line of lines) {
    const item = LIST.exec(line);
    if (item && item[1]!.length <= indent) items.push([item[3]!]);
    else items.at(-1)!.push(line.replace(new RegExp(`^\\s{0,${indent + first[2]!.length + 1}}`), ''));
  }
  const html = items.map((item) => {
    const box = /^\[([ xX])\]\s+(.*)$/.exec(item[0]!);
    const text = box ? [box[2]!, ...item.slice(1)] : item;
    const inner = blocks(text);
    // A single paragraph needs no <p> of its own.
    const tight = inner.replace(/^<p>([\s\S]*?)<\/p>/, '$1');
    return `<li>${tight}</li>`;
  });
  return ordered ? `<ol>${html.join('')}</ol>` : `<ul>${html.join('')}</ul>`;
}

/** `shift`: from a heading's level in the text to its level on the page. */
function blocks(lines: string[], shift = 0): string {
  const html: string[] = [];
  let i = 0;
  const take = (more: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    while (i < lines.length && more(lines[i]!)) taken.push(lines[i++]!);
    return taken;
  };
  while (i < lines.length) {
    const line = lines[i]!;
    const fence = /^\s*(```+|~~~+)\s*([\w-]*)/.exec(line);
    const heading = /^(#{1,5})\s+(.*?)\s*#*$/.exec(line);
    if (line.trim() === '') {
      i += 1;
    } else if (fence) {
      i += 1;
      const code = take((l) => !l.trim().startsWith(fence[1]!));
      i += 1;
      html.push(codeBlock(fence[2]!, code.join('\n')));
    } else if (heading) {
      i += 1;
      const level = Math.min(6, heading[1]!.length + shift);
      html.push(`<h${level}>${inline(heading[2]!)}</h${level}>`);
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      i += 1;
      html.push('<hr>');
    } else if (/^\s*>/.test(line)) {
      html.push(`<blockquote>${blocks(take((l) => /^\s*>/.test(l)).map((l) => l.replace(/^\s*>\s?/, '')))}</blockquote>`);
    } else if (line.includes('|') && /^\s*\|?\s*:?-{2,}/.test(lines[i + 1] ?? '')) {
      html.push(table(take((l) => l.includes('|') && l.trim() !== '')));
    } else if (LIST.test(line)) {
      html.push(list(takeList(lines, i)));
      i += takeList(lines, i).length;
    } else {
      const paragraph = [line.trim()];
      i += 1;
      paragraph.push(...take((l) => l.trim() !== '' && !/^\s*(```|~~~|>|#{1,5}\s)/.test(l) && !LIST.test(l)).map((l) => l.trim()));
      html.push(`<p>${inline(paragraph.join('\n'))}</p>`);
    }
  }
  return html.join('\n');
}

/** Lines of one list: items, lines indented below them, and blank lines between. */
function takeList(lines: string[], from: number): string[] {
  const first = LIST.exec(lines[from]!)!;
  const ordered = /\d/.test(first[2]!);
  let to = from + 1;
  while (to < lines.length) {
    const line = lines[to]!;
    const item = LIST.exec(line);
    if (line.trim() === '') {
      const next = lines[to + 1] ?? '';
      if (!/^\s{2,}\S/.test(next) && !LIST.test(next)) break;
    } else if (item && item[1]!.length <= first[1]!.length) {
      if (/\d/.test(item[2]!) !== ordered) break;
    } else if (!item && !/^\s/.test(line) && lines[to - 1]!.trim() === '') {
      break;
    }
    to += 1;
  }
  while (lines[to - 1]!.trim() === '') to -= 1;
  return lines.slice(from, to);
}

/** The text's highest headings get the level `top`, so that the page's outline has no gap. */
export function markdown(text: string, top = 3): Document {
  const { meta, body } = frontMatter(text);
  const highest = Math.min(...[...body.replace(/^\s*(```|~~~)[\s\S]*?^\s*\1/gm, '').matchAll(/^(#{1,5})\s/gm)].map((m) => m[1]!.length));
  return { meta, html: blocks(body.split(/\r?\n/), Number.isFinite(highest) ? top - highest : 0) };
}

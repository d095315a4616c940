import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLessons } from '../../build/lessons.ts';
import { inline, markdown } from '../../build/markdown.ts';

const html = (text: string) => markdown(text).html;

describe('Markdown', () => {
  it('reads front matter', () => {
    expect(markdown('---\ntitle: "A: b"\nminutes: 5\n---\n# T').meta).toEqual({ title: 'A: b', minutes: '5' });
    expect(markdown('no matter').meta).toEqual({});
  });
  it('never lets HTML through', () => {
    expect(html('<img src=x onerror=alert(1)>')).toBe('<p>&lt;img src=x onerror=alert(1)&gt;</p>');
    expect(html('`<b>`')).toBe('<p><code>&lt;b&gt;</code></p>');
    expect(inline('[x](javascript:alert)')).not.toContain('<a');
    expect(inline('[x](https://a.example/"onclick=)')).not.toContain('"onclick');
  });
  it('knows code, emphasis and links inside a line', () => {
    expect(inline('**bold** *it* `a*b*` _u_ snake_case_name')).toBe('<strong>bold</strong> <em>it</em> <code>a*b*</code> <em>u</em> snake_case_name');
    expect(inline('2 * 3 * 4')).toBe('2 * 3 * 4');
    expect(inline('[RFC](https://rfc.example/1_2_3)')).toContain('href="https://rfc.example/1_2_3"');
    expect(inline('\\*not\\*')).toBe('*not*');
  });
  it('knows blocks', () => {
    expect(html('# A\n\ntext\nmore\n\n- one\n- two\n  - deep\n\n1. x\n2. y')).toBe(
      '<h3>A</h3>\n<p>text\nmore</p>\n<ul><li>one</li><li>two\n<ul><li>deep</li></ul></li></ul>\n<ol><li>x</li><li>y</li></ol>'.replace('two\n', 'two\n'));
    expect(html('> quoted\n> more')).toBe('<blockquote><p>quoted\nmore</p></blockquote>');
    expect(html('---')).toBe('<hr>');
    expect(html('| a | b |\n|---|---|\n| `1` | 2 |')).toContain('<td><code>1</code></td><td>2</td>');
  });
  it('colours Python and leaves other code alone', () => {
    expect(html('```python\nimport x\n```')).toContain('<span class="tok-keyword">import</span>');
    expect(html('```\n<raw> *x*\n```')).toBe('<pre tabindex="0"><code>&lt;raw&gt; *x*</code></pre>');
  });
  it('begins headings below those of the page, however the text counts', () => {
    expect(html('## A\n\n### B')).toBe('<h3>A</h3>\n<h4>B</h4>');
    expect(markdown('```\n# comment\n```\n\n## A', 2).html).toContain('<h2>A</h2>');
  });
  it('ends code that nobody closed', () => {
    expect(html('```\nopen')).toContain('open');
  });
});

describe('lessons', () => {
  it('are packed from their folders, in order', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lessons-'));
    for (const [id, title] of [['020-b', 'B'], ['010-a', 'A']] as const) {
      mkdirSync(join(folder, id));
      writeFileSync(join(folder, id, 'lesson.md'), `---\ntitle: ${title}\nlevel: expert\nminutes: 7\n---\n# Story\n`);
      writeFileSync(join(folder, id, 'lesson.json'), JSON.stringify({ scenario: { hosts: {} }, goal: { all: [] }, hints: [{ goal: 'g', steps: ['1'] }] }));
      writeFileSync(join(folder, id, 'starter.py'), 'start');
      writeFileSync(join(folder, id, 'solution.py'), 'end');
    }
    mkdirSync(join(folder, 'schema'));
    const lessons = readLessons(folder);
    expect(lessons.map((l) => [l.id, l.title, l.level, l.minutes])).toEqual([['010-a', 'A', 'expert', 7], ['020-b', 'B', 'expert', 7]]);
    expect(lessons[0]).toMatchObject({ starter: 'start', solution: 'end', hints: [{ goal: 'g' }], definition: { scenario: { hosts: {} } } });
    expect(readLessons(join(folder, 'nowhere'))).toEqual([]);
  });
});

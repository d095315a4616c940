/**
 * The examples: every file here. Lines `#: key = value` at the top are not part of the code: `title`, `about`, and
 * `what-if = this => that`, a change that is offered while the example is as it came.
 */
export interface WhatIf { from: string; to: string }
export interface Example { id: string; title: string; about: string; whatIf: WhatIf[]; code: string }

export function readExample(path: string, text: string): Example {
  const id = path.replace(/^.*\//, '').replace(/\.py$/, '').replace(/^\d+-/, '');
  const example: Example = { id, title: id, about: '', whatIf: [], code: '' };
  let body = text;
  for (let line = /^#: ([\w-]+) = (.*)\r?\n/.exec(body); line; line = /^#: ([\w-]+) = (.*)\r?\n/.exec(body)) {
    const [whole, key, value] = line as unknown as [string, string, string];
    if (key === 'title' || key === 'about') example[key] = value;
    const change = /^(.+) => (.+)$/.exec(value);
    if (key === 'what-if' && change) example.whatIf.push({ from: change[1]!, to: change[2]! });
    body = body.slice(whole.length);
  }
  example.code = body.replace(/^\s*\n/, '');
  return example;
}

const files = import.meta.glob<string>('./*.py', { query: '?raw', import: 'default', eager: true });

export const examples: Example[] = Object.keys(files)
  .sort()
  .map((path) => readExample(path, files[path]!));

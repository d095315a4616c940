/** The examples: every file here. `#: title = …` and `#: about = …` at the top are not part of the code. */
export interface Example { id: string; title: string; about: string; code: string }

export function readExample(path: string, text: string): Example {
  const id = path.replace(/^.*\//, '').replace(/\.py$/, '').replace(/^\d+-/, '');
  const meta: Record<string, string> = {};
  let body = text;
  for (let line = /^#: (\w+) = (.*)\r?\n/.exec(body); line; line = /^#: (\w+) = (.*)\r?\n/.exec(body)) {
    meta[line[1]!] = line[2]!;
    body = body.slice(line[0].length);
  }
  return { id, title: meta['title'] ?? id, about: meta['about'] ?? '', code: body.replace(/^\s*\n/, '') };
}

const files = import.meta.glob<string>('./*.py', { query: '?raw', import: 'default', eager: true });

export const examples: Example[] = Object.keys(files)
  .sort()
  .map((path) => readExample(path, files[path]!));

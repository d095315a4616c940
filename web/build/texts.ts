/** The page's own texts (src/texts/*.md) as HTML. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { markdown } from './markdown.ts';

const NAME = 'virtual:texts';
const FOLDER = fileURLToPath(new URL('../src/texts/', import.meta.url));

export function textsPlugin(): Plugin {
  return {
    name: 'wronghost-texts',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      return readdirSync(FOLDER)
        .filter((file) => file.endsWith('.md'))
        .map((file) => {
          this.addWatchFile(FOLDER + file);
          const { html } = markdown(readFileSync(FOLDER + file, 'utf8'), 2);
          return `export const ${file.slice(0, -3)} = ${JSON.stringify(html)};`;
        })
        .join('\n');
    },
  };
}

/** Packs ../lessons/NNN-name/ into one module, which the page loads once. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { Lesson } from '../src/lessons/types.ts';
import { markdown } from './markdown.ts';

const NAME = 'virtual:lessons';
const FOLDER = process.env['WH_LESSONS'] ?? fileURLToPath(new URL('../../lessons', import.meta.url));

export function readLesson(folder: string, id: string): Lesson {
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  const { meta, html } = markdown(text('lesson.md'));
  const { hints = [], ...definition } = JSON.parse(text('lesson.json')) as Lesson['definition'] & { hints?: Lesson['hints'] };
  const title = meta['title'] ?? (definition['title'] as string | undefined);
  if (!title) throw new Error(`${folder}/lesson.md: no title`);
  return {
    id,
    title,
    level: meta['level'] ?? 'intro',
    minutes: Number(meta['minutes'] ?? 5),
    html,
    starter: text('starter.py'),
    solution: text('solution.py'),
    definition,
    hints,
  };
}

export function readLessons(folder: string): Lesson[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d{3}-/.test(name) && existsSync(join(folder, name, 'lesson.json')))
    .sort()
    .map((name) => readLesson(join(folder, name), name));
}

export function lessonsPlugin(): Plugin {
  return {
    name: 'wronghost-lessons',
    resolveId(id) {
      if (id === NAME) return `\0${NAME}`;
      return id === `${NAME}/course` ? `\0${NAME}/course` : undefined;
    },
    load(id) {
      // The course is a chunk of its own, asked for as soon as the page has been drawn.
      if (id === `\0${NAME}`) return `export default () => import('${NAME}/course').then((m) => m.default);`;
      if (id !== `\0${NAME}/course`) return undefined;
      const lessons = readLessons(FOLDER);
      for (const lesson of lessons) {
        for (const file of ['lesson.md', 'lesson.json', 'starter.py', 'solution.py']) {
          this.addWatchFile(resolve(FOLDER, lesson.id, file));
        }
      }
      return `export default ${JSON.stringify({ lessons })};`;
    },
  };
}

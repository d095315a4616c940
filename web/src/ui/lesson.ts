/** The reading pane: a lesson with its goals, hints and solution, or the introduction. */
import { html, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { intro } from 'virtual:texts';
import { diffLines, hunks } from '../diff/lines.ts';
import { hintFor, neighbours } from '../lessons/hints.ts';
import type { Lesson } from '../lessons/types.ts';
import type { LessonState, State } from '../state/model.ts';
import { diffView } from './diff.ts';
import type { Services } from './element.ts';
import { icon } from './icons.ts';

function solution(state: State, lesson: Lesson, { act }: Services): TemplateResult {
  const lines = diffLines(state.code, lesson.solution);
  const same = lines.every((l) => l.kind === 'same');
  return html`<section class="solution" aria-label="Solution">
    ${same ? html`<p class="quiet">Your code is the solution, to the letter.</p>` : hunks(lines).map((hunk) => diffView(hunk.lines, 'Difference between your code and the solution'))}
    <p class="row">
      ${same ? '' : html`<button class="button strong" @click=${() => {
        act({ type: 'typed', code: lesson.solution, byPage: true });
        // What it reaches stands at the top.
        document.querySelector('.lesson-head')?.scrollIntoView({ block: 'end' });
      }}>Take the solution over</button>`}
      <button class="button" @click=${() => act({ type: 'solution', shown: false })}>Close</button>
    </p>
  </section>`;
}

function goals(lesson: Lesson, now: LessonState): TemplateResult {
  const reply = now.reply;
  const reached = reply?.atoms.filter((a) => a.passed).length ?? 0;
  return html`<section class="goals" aria-labelledby="goals-title">
    <h3 id="goals-title">Goal ${reply ? html`<span class="badge ${reply.passed ? 'good' : ''}">${reached} of ${reply.atoms.length}</span>` : ''}</h3>
    ${reply ? html`<ul>${reply.atoms.map((atom) => html`<li class=${atom.passed ? 'reached' : 'open'}>
      <span class="tick">${atom.passed ? icon('check', 14) : ''}</span>
      <span><span class="visually-hidden">${atom.passed ? 'Reached: ' : 'Not yet: '}</span>${atom.text}
      ${!atom.passed && atom.detail ? html`<small>${atom.detail}</small>` : ''}</span></li>`)}</ul>` : html`<p class="quiet">${lesson.title} is being played.</p>`}
    ${reply?.passed ? html`<p class="passed">${icon('check', 16)} Reached. Well done.</p>` : ''}
  </section>`;
}

function lessonView(state: State, now: LessonState, services: Services): TemplateResult {
  const lessons = state.course?.lessons ?? [];
  const lesson = lessons.find((l) => l.id === now.id);
  if (!lesson) return html`<p class="quiet">The lesson is being fetched.</p>`;
  const hint = hintFor(lesson, now);
  const { before, after } = neighbours(lessons.map((l) => l.id), lesson.id);
  const at = lessons.indexOf(lesson) + 1;
  const { act } = services;
  return html`
    <header class="lesson-head">
      <p class="eyebrow">Lesson ${at} of ${lessons.length} · ${lesson.level} · ${lesson.minutes} min</p>
      <h2>${lesson.title}</h2>
    </header>
    ${goals(lesson, now)}
    <div class="row">
      ${hint && hint.left > 0 ? html`<button class="button" @click=${() => act({ type: 'hint', goal: hint.goal, steps: hint.open.length + 1 })}>${hint.open.length ? `Next hint (${hint.left} left)` : 'Hint'}</button>` : ''}
      <button class="button" ?disabled=${!services.reset} @click=${() => services.reset?.()}>Reset</button>
      <button class="button" aria-expanded=${now.solutionShown} @click=${() => act({ type: 'solution', shown: !now.solutionShown })}>${now.solutionShown ? 'Hide solution' : 'Show solution'}</button>
    </div>
    ${hint && hint.open.length ? html`<div class="hints" role="group" aria-label="Hints"><p class="quiet">For: ${hint.goalText}</p><ol>${hint.open.map((h) => html`<li>${h}</li>`)}</ol></div>` : ''}
    ${now.solutionShown ? solution(state, lesson, services) : ''}
    <div class="prose">${unsafeHTML(lesson.html)}</div>
    <nav class="row lesson-nav" aria-label="Lessons">
      ${before ? html`<button class="button" @click=${() => services.openLesson(before)}>${icon('back', 13)} Previous</button>` : ''}
      ${after ? html`<button class="button ${now.reply?.passed ? 'strong' : ''}" @click=${() => services.openLesson(after)}>Next ${icon('next', 13)}</button>` : ''}
    </nav>`;
}

export function readingPane(state: State, services: Services): TemplateResult {
  const { lesson } = state;
  return html`
    <button class="round close-pane" aria-label="Close the reading pane" title="Close" @click=${() => services.act(lesson ? { type: 'close-lesson' } : { type: 'reading', on: false })}>${icon('close')}</button>
    ${lesson ? lessonView(state, lesson, services) : html`<div class="prose">${unsafeHTML(intro)}</div>
      ${state.course?.lessons[0] ? html`<p><button class="button strong" @click=${() => services.openLesson(state.course!.lessons[0]!.id)}>Begin with lesson 1 ${icon('next', 13)}</button></p>` : ''}`}`;
}

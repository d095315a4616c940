import type { LessonDefinition } from '../core/protocol.ts';

export interface HintText { goal: string; steps: string[] }
/** One folder of lessons/, as the build packs it. `html` is made from lesson.md by the build. */
export interface Lesson {
  id: string;
  title: string;
  level: string;
  minutes: number;
  html: string;
  starter: string;
  solution: string;
  definition: LessonDefinition;
  hints: HintText[];
}
export interface Course { lessons: Lesson[] }

import type { Happened } from '../caseload/history.ts';
import type { Course } from '../courses/course.ts';
import type { GradeStatus } from '../jobs/gradeStatus.ts';
import type { LmsFamily } from '../lti/platform.ts';
import type { FieldError } from '../shared/errors.ts';
import type { Words } from '../shared/page.ts';
import type { Chip, Field, ThreadComment } from '../shared/parts.ts';
import type { Task, TaskLink } from '../tasks/task.ts';
import type { Framework } from './framework.ts';
import type { Plan } from './plan.ts';
import type { Said } from './reviewFacts.ts';

/** The conversation about a plan, and for advisors the form that goes on with it. */
export interface Talk {
  comments: readonly ThreadComment[];
  older: string | null;
  form: { action: string; text: Field; section: Field; visibility: Field } | null;
}

export interface GradeLine {
  title: string;
  score: string;
  chip: Chip;
  why: string;
  when: string;
  datetime: string;
  href: string | null;
}

export interface OverviewFacts {
  student: { id: string; name: string; given: string; sisId: string | null };
  /** Null: the student never opened Waymark. */
  plan: Plan | null;
  /** What the plan is measured by. */
  framework: Framework;
  viewer: { person: string; isAdvisor: boolean };
  comments: readonly Said[];
  tasks: readonly { task: Task; link: TaskLink }[];
  courses: readonly Course[];
  /** Platform id → LMS, to tell courses of one title apart. */
  families: ReadonlyMap<string, LmsFamily>;
  /** Ids of the courses whose page the reader may open. */
  ownCourses: ReadonlySet<string>;
  grades: readonly GradeStatus[];
  history: readonly Happened[];
  names: ReadonlyMap<string, string>;
  now: Date;
  /** A comment that was refused. */
  typed: { section: string; text: string; visibility: string } | null;
  errors: readonly FieldError[];
}

/** The facts, with what every part of the page asks of them. */
export interface OverviewReady extends OverviewFacts {
  words: Words;
  called: string;
  /** Course id → name. */
  courseNames: ReadonlyMap<string, string>;
}

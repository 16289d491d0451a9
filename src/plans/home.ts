import type { Task } from '../tasks/task.ts';
import type { Comment } from './comment.ts';
import type { Framework } from './framework.ts';
import type { Plan } from './plan.ts';

/** What the student's home is made of: the plan and what stands around it. */
export interface HomeFacts extends Around {
  framework: Framework;
  /** The school year that is running. */
  year: number;
}

/** The plan with what is stored around it. */
export interface Around {
  plan: Plan;
  tasks: HomeTask[];
  comments: Pick<Comment, 'section' | 'author' | 'authorRole' | 'text' | 'at'>[];
  courses: { id: string; title: string; advisory: boolean }[];
  staff: { id: string; name: string; advisor: boolean; course: string }[];
  events: { action: string; actor: string; kind: string; object: string; at: Date }[];
}

export type HomeTask = Pick<Task, 'id' | 'state' | 'submittedAt'> & {
  title: string;
  dueAt: Date | null;
  course: string;
};

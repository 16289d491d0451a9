/** What stands around one plan in November: a task, a conversation, a line of events. */
import type { Plan } from '../../src/plans/plan.ts';
import { newId } from '../../src/shared/model.ts';
import { groupOf, linkOf, type Docs, type School } from './pagesCourses.ts';

const DAY = 24 * 60 * 60_000;
const EVENTS = ['plan.created', 'profile.changed', 'goal.proposed', 'comment.added'] as const;

export function aroundPlan(
  school: School,
  plan: Pick<Plan, 'person'> & { _id: string },
  index: number,
): Docs {
  const { institution, advisors, now } = school;
  const { person, _id } = plan;
  const group = groupOf(school, index);
  const [author = ''] = advisors;
  const ago = (days: number): Date => new Date(now.getTime() - days * DAY);
  return {
    tasks: [
      {
        _id: newId(),
        institution,
        link: linkOf(group),
        course: group,
        person,
        template: 'interests',
        templateVersion: 1,
        state: index % 5 === 0 ? 'submitted' : 'assigned',
        answers: [],
        version: 1,
        openedAt: null,
        submittedAt: index % 5 === 0 ? ago(index % 14) : null,
        seenAt: null,
        decidedAt: null,
        decidedBy: null,
        comment: '',
        excuse: null,
        points: null,
        history: [],
        changedAt: ago(2),
      },
    ],
    comments: [
      {
        _id: newId(),
        institution,
        plan: _id,
        person,
        section: 'strengths',
        author,
        authorRole: 'advisor',
        text: 'What would your friends say?',
        at: ago(3),
        visibility: 'plan',
        replyTo: null,
      },
    ],
    auditEvents: EVENTS.map((action, nth) => ({
      _id: newId(),
      institution,
      at: ago(10 - nth),
      actor: person,
      action,
      subject: person,
      kind: 'plan',
      object: _id,
      words: null,
      via: null,
      sequence: null,
      chain: null,
    })),
  };
}

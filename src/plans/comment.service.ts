import { isStaffRole, type Actor } from '../people/actor.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import * as store from './comment.store.ts';
import { LONGEST_COMMENT, type Comment } from './comment.ts';
import { hasSection, type Plan, type PlanSection } from './plan.ts';
import { having, unchanged, type PlanAction, type PlanChange } from './planChange.ts';
import { changePlan, getPlan } from './planChange.service.ts';
import { say } from './say.ts';

export { insertComments as addComments } from './comment.store.ts';

/** How many comments a page loads at once. */
const PAGE = 200;

export interface CommentForm {
  section: PlanSection;
  text: string;
  visibility: Comment['visibility'];
}

/**
 * Adds a comment to a section. A student's comment waits for an advisor; only staff write `staff` comments.
 * @throws Forbidden to families, who have a box of their own.
 */
export async function addComment(
  actor: Actor,
  student: string,
  form: CommentForm,
  now: Date,
): Promise<Comment> {
  return put(actor, student, now, (plan) => {
    if (form.section !== 'plan' && !hasSection(plan, form.section))
      throw new Conflict(say('plans.error.noSection'));
    return { ...commentOf(ofPlan(plan), actor, form.section, form.text, now), visibility: form.visibility };
  });
}

/** Answers a comment, where and for whom it stands. @throws NotFound for one the writer may not see. */
export async function replyToComment(
  actor: Actor,
  student: string,
  commentId: string,
  text: string,
  now: Date,
): Promise<Comment> {
  return put(actor, student, now, async (plan) => {
    const parent = await store.findComment(plan.institution, plan.id, commentId);
    if (!parent || !maySee(parent, actor)) throw new NotFound(`comment ${commentId}`);
    const reply = commentOf(ofPlan(plan), actor, parent.section, text, now);
    return { ...reply, visibility: parent.visibility, replyTo: parent.id };
  });
}

/** The newest comments of a plan that this person may read, newest first. */
export async function listCommentsFor(actor: Actor, student: string): Promise<Comment[]> {
  const plan = await getPlan(actor.institution, student);
  return store.listComments(plan.institution, plan.id, { staffToo: isStaffRole(actor.role), limit: PAGE });
}

async function put(
  actor: Actor,
  student: string,
  now: Date,
  write: (plan: Plan) => Comment | Promise<Comment>,
): Promise<Comment> {
  const made: { comment?: Comment } = {};
  await changePlan(actor, student, now, async (plan) => {
    const comment = await write(plan);
    checkComment(comment, actor);
    await store.insertComments([comment]);
    made.comment = comment;
    return answeredBy(plan, comment, now);
  });
  return made.comment as Comment;
}

function checkComment({ text, visibility }: Comment, { role }: Actor): void {
  if (role === 'family') throw new Forbidden('family may not comment');
  if (visibility === 'staff' && !isStaffRole(role))
    throw new Forbidden(`${role} may not write staff comments`);
  if (text === '') throw new Invalid([{ field: 'text', message: say('plans.error.comment') }]);
  if (text.length > LONGEST_COMMENT)
    throw new Invalid([{ field: 'text', message: say('plans.error.tooLong', { limit: LONGEST_COMMENT }) }]);
}

/** A student's words put the plan in the advisor's queue; an advisor's answer takes it out, unless it is sent. */
function answeredBy(plan: Plan, comment: Comment, now: Date): PlanChange {
  const action = actionOf(comment);
  const sent = plan.state === 'submitted' || plan.state === 'in_review';
  if (comment.authorRole === 'student')
    return having(unchanged(plan), { needsAdvisorSince: plan.needsAdvisorSince ?? now }, action);
  const answers = comment.authorRole === 'advisor' && comment.visibility === 'plan' && !sent;
  return answers && plan.needsAdvisorSince
    ? having(unchanged(plan), { needsAdvisorSince: null }, action)
    : { plan, actions: [action] };
}

/** Words that only staff may read stay out of the log, which a student's history is made from. */
function actionOf({ id, section, text, visibility }: Comment): PlanAction {
  const changes = visibility === 'plan' ? [{ field: section, from: null, to: text }] : [];
  return { action: 'comment.added', object: { kind: 'comment', id }, changes };
}

function maySee({ visibility }: Comment, { role }: Actor): boolean {
  return visibility === 'plan' || isStaffRole(role);
}

function ofPlan(plan: Plan): Pick<Comment, 'institution' | 'plan' | 'person'> {
  return { institution: plan.institution, plan: plan.id, person: plan.person };
}

/** A comment on a section that everybody who sees the plan may read. */
export function commentOf(
  of: Pick<Comment, 'institution' | 'plan' | 'person'>,
  actor: Actor,
  section: PlanSection,
  text: string,
  now: Date,
): Comment {
  return {
    id: newId(),
    institution: of.institution,
    plan: of.plan,
    person: of.person,
    section,
    author: actor.person,
    authorRole: actor.role,
    text: text.trim(),
    at: now,
    visibility: 'plan',
    replyTo: null,
  };
}

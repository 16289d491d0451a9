import { changesBetween, type Change } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { editKind } from '../plans/editing.ts';
import { editingPart } from '../plans/partEdit.ts';
import type { Plan } from '../plans/plan.ts';
import { unchanged } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { say } from '../plans/say.ts';
import { Invalid } from '../shared/errors.ts';
import type { ExploreKind } from './career.ts';
import { catalogueOf, optionIn } from './catalogue.service.ts';
import {
  careerStandings,
  choosing,
  dropping,
  moving,
  saving,
  type Exploration,
  type SaveForm,
} from './exploration.ts';
import { findExploration, saveExploration } from './exploration.store.ts';
import { clusterOf } from './find.ts';

export { findExploration as explorationOf } from './exploration.store.ts';

/** Saves a career or programme with why, or changes why. @throws Invalid without a reason or for a goal the plan has not. */
export async function saveOption(
  actor: Actor,
  kind: ExploreKind,
  id: string,
  form: SaveForm,
  now: Date,
): Promise<void> {
  const { title } = optionIn(await catalogueOf(actor.institution), kind, id);
  await change(actor, now, { action: `${kind}.saved`, id }, (before, plan) => {
    refuseUnknownGoal(plan, form.goal);
    return saving(before, { kind, option: id, title }, form, now);
  });
}

/** Moves a saved one up or down in the student's own order. */
export async function moveOption(
  actor: Actor,
  kind: ExploreKind,
  id: string,
  to: 'up' | 'down',
  now: Date,
): Promise<void> {
  await change(actor, now, { action: `${kind}.ranked`, id }, (before) => moving(before, kind, id, to));
}

/** Lets a saved one go; it is kept with the reason. */
export async function dropOption(
  actor: Actor,
  kind: ExploreKind,
  id: string,
  reason: string,
  now: Date,
): Promise<void> {
  await change(actor, now, { action: `${kind}.dropped`, id }, (before) =>
    before.saved.some((one) => one.kind === kind && one.option === id) ||
    !before.dropped.some((one) => one.kind === kind && one.option === id)
      ? dropping(before, kind, id, reason, now)
      : before,
  );
}

/** Chooses the cluster the student is heading for; an earlier choice stands in the history. */
export async function chooseCluster(actor: Actor, id: string, why: string, now: Date): Promise<void> {
  const { clusters } = await catalogueOf(actor.institution);
  const cluster = clusterOf(clusters, id);
  if (!cluster) throw new Invalid([{ field: 'cluster', message: say('careers.error.cluster') }]);
  await change(actor, now, { action: 'cluster.chosen', id }, (before) =>
    before.cluster?.cluster === id && before.cluster.why === why.trim()
      ? before
      : choosing(before, cluster, why, now),
  );
}

/** One write of the student's own exploration, with its standings; the same again writes nothing. */
async function change(
  actor: Actor,
  now: Date,
  { action, id }: { action: string; id: string },
  decide: (before: Exploration, plan: Plan) => Exploration,
): Promise<void> {
  await changePlan(actor, actor.person, now, async (plan) => {
    editKind(plan, actor, null);
    const before = await findExploration(actor.institution, actor.person);
    const after = decide(before, plan);
    const changes = told(before, after);
    if (changes.length === 0) return unchanged(plan);
    await saveExploration(after);
    return editingPart(plan, actor, {
      part: 'careers',
      action,
      object: { kind: 'exploration', id },
      changes,
      standings: careerStandings(after),
      now,
    });
  });
}

/** What changed, in short: titles in order, and the words of the one that was written. */
function told(before: Exploration, after: Exploration): Change[] {
  const lines = ({ saved, dropped, cluster }: Exploration) => ({
    saved: saved.map(({ title, why, goal }) => ({ title, why, goal })),
    dropped: dropped.map(({ title, reason }) => ({ title, reason })),
    cluster: cluster && { title: cluster.title, why: cluster.why },
  });
  return changesBetween(lines(before), lines(after), ['saved', 'dropped', 'cluster']);
}

function refuseUnknownGoal(plan: Plan, goal: string | null): void {
  if (goal !== null && !plan.goals.some(({ id }) => id === goal))
    throw new Invalid([{ field: 'goal', message: say('careers.error.goal') }]);
}

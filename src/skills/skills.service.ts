import { changesBetween } from '../audit/event.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import type { Actor } from '../people/actor.ts';
import { editingPart } from '../plans/partEdit.ts';
import type { Plan } from '../plans/plan.ts';
import { unchanged, type PlanChange } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { say } from '../plans/say.ts';
import type { StandingNow } from '../plans/standing.ts';
import { Conflict, Invalid, type FieldError } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import {
  isWithinLimit,
  LEVELS,
  rated,
  recordOf,
  SKILL_LIMITS,
  skillStandings,
  type Level,
  type Said,
  type SkillKey,
  type SkillRecord,
} from './skill.ts';
import { listSkills, saveSkill } from './skill.store.ts';

export { listSkills } from './skill.store.ts';

/** What the student's ratings are worth in a school year: for a plan that goes over into a new year. */
export async function skillStandingsOf(
  institution: string,
  student: string,
  year: number,
): Promise<StandingNow[]> {
  return skillStandings(await listSkills(institution, student), year);
}

/** A rating as typed: no level chosen is null. */
export type Typed = Omit<Said, 'level'> & { level: Level | null };

/**
 * The student says where they are with a skill. Possible in every state of the plan, as a check-in is. Goals that the plan
 * does not hold are left out. Said twice is said once.
 * @throws Invalid without a level or an example, Conflict after too many ratings in one year
 */
export async function rateSkill(
  actor: Actor,
  student: string,
  skill: SkillKey,
  typed: Typed,
  now: Date,
): Promise<void> {
  const said = checked(typed);
  const { zone } = await settingsOf(actor.institution);
  await changePlan(actor, student, now, async (plan) => {
    const records = await listSkills(plan.institution, student);
    const before = recordOf(records, skill) ?? blank(plan, skill);
    const goals = said.goals.filter((id) => plan.goals.some((goal) => goal.id === id));
    const saying = {
      by: actor.person,
      dayOf: (at: Date) => schoolDay(at, zone),
      year: plan.year,
      now,
      id: newId(),
    };
    return keep(plan, actor, {
      before,
      after: rated(before, { ...said, goals }, saying),
      records,
      now,
    });
  });
}

interface Edit {
  before: SkillRecord;
  after: SkillRecord;
  records: readonly SkillRecord[];
  now: Date;
}

async function keep(plan: Plan, actor: Actor, { before, after, records, now }: Edit): Promise<PlanChange> {
  if (!isWithinLimit(after, plan.year))
    throw new Conflict(say('skills.error.tooMany', { limit: SKILL_LIMITS.perYear }));
  const changes = changesBetween(before, after, ['goals', 'how', 'ratings']);
  if (changes.length === 0) return unchanged(plan);
  await saveSkill(after);
  const others = records.filter(({ skill }) => skill !== after.skill);
  return editingPart(plan, actor, {
    part: 'skills',
    when: 'open',
    action: 'skills.rated',
    object: { kind: 'skill', id: after.skill },
    changes: changes.map((change) => (change.field === 'ratings' ? newestOnly(before, after) : change)),
    standings: skillStandings([...others, after], plan.year),
    now,
  });
}

/** An event tells the newest rating, not the whole history. */
function newestOnly(before: SkillRecord, after: SkillRecord) {
  return { field: 'rating', from: before.ratings.at(-1) ?? null, to: after.ratings.at(-1) ?? null };
}

function blank({ institution, person }: Plan, skill: SkillKey): SkillRecord {
  return { id: newId(), institution, person, skill, goals: [], how: '', ratings: [] };
}

function checked({ level, example, goals, how }: Typed): Said {
  const limits = SKILL_LIMITS;
  const long = (field: 'example' | 'how', words: string): FieldError[] =>
    words.length > limits[field]
      ? [{ field, message: say('skills.error.tooLong', { limit: limits[field] }) }]
      : [];
  const known = LEVELS.find((one) => one === level);
  const problems = [
    ...(known ? [] : [{ field: 'level', message: say('skills.error.level') }]),
    ...(example === '' ? [{ field: 'example', message: say('skills.error.example') }] : []),
    ...long('example', example),
    ...long('how', how),
  ];
  if (!known || problems.length > 0) throw new Invalid(problems);
  return { level: known, example, how, goals: [...new Set(goals)].slice(0, limits.goals) };
}

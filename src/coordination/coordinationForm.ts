/** What staff type about other plans, and what of it is taken. */
import { z } from 'zod';
import { say } from '../plans/say.ts';
import { Invalid, type FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import {
  EXISTS,
  LIMITS,
  OTHER_PLANS,
  otherPlan,
  tidy,
  type Coordination,
  type Exists,
  type OtherPlan,
  type OtherPlanKind,
} from './coordination.ts';
import { refusedPlace, refusedText, type Refused } from './pasted.ts';

const Words = z.string().max(20_000).default('');
/** One ticked box comes as a word, several as a list; the two-versions page sends them as `a, b`. */
const Goals = z
  .union([z.string().transform((text) => text.split(/, ?/).filter(Boolean)), z.array(z.string())])
  .default([])
  .pipe(z.array(Id).max(LIMITS.goals));

const fieldsOf = (kind: OtherPlanKind) => ({
  [`${kind}.exists`]: z.enum(EXISTS).default('unknown'),
  [`${kind}.where`]: Words,
  [`${kind}.askName`]: Words,
  [`${kind}.askRole`]: Words,
  [`${kind}.goals`]: Goals,
});

/** The whole form, flat as a browser sends it; the lengths and the words are judged by `checked`. */
export const CoordinationPost = z
  .strictObject({
    ...Object.assign({}, ...OTHER_PLANS.map(fieldsOf)),
    _version: z.coerce.number().int().min(0).max(1_000_000).default(0),
    /** From the two-versions page: whose words stay. */
    keep: z.enum(['mine', 'theirs']).optional(),
  })
  .transform((flat: Record<string, unknown>) => ({
    version: flat['_version'] as number,
    keep: (flat['keep'] ?? null) as 'mine' | 'theirs' | null,
    plans: OTHER_PLANS.map((kind) => planIn(flat, kind)),
  }));

/** Only the version, for "none of these". */
export const NonePost = z.strictObject({
  _version: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

function planIn(flat: Record<string, unknown>, kind: OtherPlanKind): OtherPlan {
  return {
    kind,
    exists: flat[`${kind}.exists`] as Exists,
    where: flat[`${kind}.where`] as string,
    askName: flat[`${kind}.askName`] as string,
    askRole: flat[`${kind}.askRole`] as string,
    goals: flat[`${kind}.goals`] as string[],
  };
}

/**
 * The plans as they may be kept. @throws Invalid for what looks like the content of a plan, and where a plan exists but
 * no place or no person is named
 */
export function checked(plans: readonly OtherPlan[]): OtherPlan[] {
  const problems = plans.flatMap(problemsOf);
  if (problems.length > 0) throw new Invalid(problems);
  return plans.map((plan) =>
    tidy({
      ...plan,
      where: plan.where.trim(),
      askName: oneSpace(plan.askName),
      askRole: oneSpace(plan.askRole),
    }),
  );
}

/** Also of a plan that does not exist: pasted content is refused, not silently dropped. */
function problemsOf({ kind, exists, where, askName, askRole }: OtherPlan): FieldError[] {
  const missing = (name: string, text: string, message: string): FieldError[] =>
    exists === 'yes' && text.trim() === '' ? [{ field: `${kind}.${name}`, message }] : [];
  return [
    ...missing('where', where, say('coordination.error.where')),
    ...refused(`${kind}.where`, refusedPlace(where, LIMITS), LIMITS.where),
    ...missing('askName', askName, say('coordination.error.askName')),
    ...refused(`${kind}.askName`, refusedText(askName, LIMITS.name), LIMITS.name),
    ...refused(`${kind}.askRole`, refusedText(askRole, LIMITS.role), LIMITS.role),
  ];
}

function refused(field: string, why: Refused | null, limit: number): FieldError[] {
  return why ? [{ field, message: say(`coordination.refused.${why}`, { limit }) }] : [];
}

const oneSpace = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** The form as text by field, as it is stored. */
export function textsOf(coordination: Pick<Coordination, 'plans'>): Record<string, string> {
  const entries = OTHER_PLANS.flatMap((kind) => {
    const { exists, where, askName, askRole, goals } = otherPlan(coordination, kind);
    return Object.entries({ exists, where, askName, askRole, goals: goals.join(', ') }).map(
      ([name, text]) => [`${kind}.${name}`, text] as const,
    );
  });
  return Object.fromEntries(entries);
}

/** The form as text by field, as it was typed: whatever that was. */
export function typedIn(body: Record<string, unknown>): Record<string, string> {
  const names = Object.keys(textsOf({ plans: [] }));
  const entries = names.map((name) => {
    const value = [body[name] ?? ''].flat().filter((one): one is string => typeof one === 'string');
    return [name, value.join(', ')] as const;
  });
  return Object.fromEntries(entries);
}

import type { Change } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { editKind, EDIT_ACTION } from './editing.ts';
import type { Plan } from './plan.ts';
import { amended, begun, having, reasonChange, unchanged, type PlanChange } from './planChange.ts';
import type { PartKey } from './planPart.ts';
import { standingsWith, type StandingNow } from './standing.ts';

/** An edit of records that a feature keeps beside the plan document. */
export interface PartEdit {
  part: PartKey;
  /** `open`: also while the plan is with the advisor or signed, such as evidence (product.md, Who may do what). */
  when?: 'writing' | 'open';
  /** Changes what was agreed, so an approved plan opens a new revision (product.md, States). */
  material?: boolean;
  /** The audit noun and, for an `open` edit or a special one, its own verb: `evidence.added`. */
  action: string | { noun: string };
  object: { kind: string; id: string };
  changes: Change[];
  standings: readonly StandingNow[];
  /** Staff only: makes the edit a correction, which is never material. */
  reason?: string | null;
  now: Date;
}

/**
 * The plan after an edit of one of its parts: begun, amended where material, its standings told, and the
 * advisor's request for a change answered. Use inside `changePlan`, beside the feature's own write.
 * @throws Forbidden and Conflict as `editKind` does.
 */
export function editingPart(plan: Plan, actor: Pick<Actor, 'role'>, edit: PartEdit): PlanChange {
  const reason = edit.reason ?? null;
  const kind = edit.when === 'open' ? null : editKind(plan, actor, reason);
  const first = kind ? begun(unchanged(plan), actor) : unchanged(plan);
  const change = edit.material && kind !== 'correction' ? amended(first, actor) : first;
  const action = typeof edit.action === 'string' ? edit.action : verbOf(edit.action.noun, kind);
  return having(
    change,
    {
      standings: standingsWith(plan, edit.standings, edit.now),
      askedParts: actor.role === 'student' ? without(plan.askedParts, edit.part) : plan.askedParts,
    },
    { action, object: edit.object, changes: [...edit.changes, ...reasonChange(reason)] },
  );
}

function verbOf(noun: string, kind: keyof typeof EDIT_ACTION | null): string {
  return `${noun}.${EDIT_ACTION[kind ?? 'own']}`;
}

/** The same list when nothing falls away, so that an unchanged field is not written. */
function without(parts: PartKey[], part: PartKey): PartKey[] {
  return parts.includes(part) ? parts.filter((one) => one !== part) : parts;
}

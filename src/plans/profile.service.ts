import { changesBetween } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { Invalid } from '../shared/errors.ts';
import { editKind, EDIT_ACTION } from './editing.ts';
import { LONGEST_PART, type Plan, type ProfileKey, type ProfilePart } from './plan.ts';
import { begun, having, reasonChange, unchanged } from './planChange.ts';
import { changePlan } from './planChange.service.ts';
import { say } from './say.ts';
import { VersionConflict } from './versionConflict.ts';

/** What autosave and the form send of one profile part. */
export interface PartForm {
  text: string;
  finished: boolean;
  /** Staff only: makes the edit a correction. */
  reason?: string | null;
}

/**
 * Saves one profile part. @param version the part's version that the writer saw (0: never written).
 * Sending again what is stored changes nothing, whatever the version.
 * @throws VersionConflict with both texts when another tab or person saved this part since.
 */
export async function saveProfilePart(
  actor: Actor,
  student: string,
  key: ProfileKey,
  form: PartForm,
  version: number,
  now: Date,
): Promise<Plan> {
  return changePlan(actor, student, now, (plan) => {
    const kind = editKind(plan, actor, form.reason ?? null);
    const before = plan.profile[key];
    if (before.text === form.text && before.finished === form.finished) return unchanged(plan);
    refuseOther(before, form, version);
    checkPart(form);
    const after = changedPart(before, form, actor, now);
    const changes = changesBetween(before, after, ['text', 'finished']);
    return having(
      begun(unchanged(plan), actor),
      { profile: { ...plan.profile, [key]: after } },
      {
        action: `profile.${EDIT_ACTION[kind]}`,
        object: { kind: 'profile', id: key },
        changes: [...changes, ...reasonChange(form.reason ?? null)],
      },
    );
  });
}

function refuseOther(stored: ProfilePart, form: PartForm, version: number): void {
  if (stored.version === version) return;
  const { text, changedAt } = stored;
  throw new VersionConflict({ words: { text }, version: stored.version, at: changedAt }, { text: form.text });
}

function checkPart({ text, finished }: PartForm): void {
  if (text.length > LONGEST_PART)
    throw new Invalid([{ field: 'text', message: say('plans.error.tooLong', { limit: LONGEST_PART }) }]);
  if (finished && text.trim() === '')
    throw new Invalid([{ field: 'text', message: say('plans.error.empty') }]);
}

function changedPart(before: ProfilePart, form: PartForm, actor: Actor, now: Date): ProfilePart {
  const { text, finished } = form;
  return {
    text,
    finished,
    asked: before.asked && !finished,
    toConfirm: false,
    version: before.version + 1,
    changedAt: now,
    changedBy: actor.person,
  };
}

import { historyOf, listActors } from '../audit/audit.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { namesOf } from '../people/names.service.ts';
import { approvedContent, contentNow, listApproved, type Approved } from '../plans/decision.service.ts';
import type { Plan } from '../plans/plan.ts';
import type { SnapshotContent } from '../plans/snapshot.ts';
import { boundsOf, schoolYearOf } from '../shared/schoolYear.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { listSignatures } from '../signatures/signature.service.ts';
import { areAllSettled, type Signature } from '../signatures/signature.ts';
import { isShown, joined, type HistoryReader } from './event.ts';
import type { HistoryFacts, Version, VersionName } from './historyFacts.ts';

const PAGE = 50;

/**
 * A page of what happened to a plan. @param before where the page before ended @param actor only what they did
 */
export async function historyFacts(
  plan: Plan,
  reader: HistoryReader,
  { before, actor }: { before: Date | null; actor: string | null },
  now: Date,
): Promise<HistoryFacts> {
  const { institution, person } = plan;
  const filter = { ...(before ? { before } : {}), ...(actor ? { actor } : {}), limit: PAGE + 1 };
  const [found, actors, versions, { zone, yearStarts }] = await Promise.all([
    historyOf(institution, person, filter),
    listActors(institution, person),
    versionsOf(plan),
    settingsOf(institution),
  ]);
  const { page, next } = pageOf(found.toSorted(newestFirst));
  const starts = boundsOf(schoolYearOf(schoolDay(now, zone), yearStarts), yearStarts).from;
  return {
    plan,
    events: joined(page.filter((event) => isShown(event, reader))),
    next,
    versions,
    lastYear:
      versions.find(({ at, undoneAt }) => !undoneAt && schoolDay(at, zone) < starts)?.revision ?? null,
    actors,
    names: await namesOf(institution, [person, ...actors, ...versions.map(({ by }) => by)]),
    zone,
  };
}

/** Events of one write have one moment: the later one of them has the higher id. */
function newestFirst(a: { at: Date; id: string }, b: { at: Date; id: string }): number {
  return b.at.getTime() - a.at.getTime() || b.id.localeCompare(a.id);
}

/** Events of one moment belong together: a page never ends between them, unless they alone are more than a page. */
export function pageOf<T extends { at: Date }>(found: readonly T[]): { page: T[]; next: Date | null } {
  const more = found[PAGE];
  if (!more) return { page: [...found], next: null };
  const whole = found.slice(0, PAGE).filter(({ at }) => at.getTime() > more.at.getTime());
  const page = whole.length > 0 ? whole : found.slice(0, PAGE);
  return { page, next: page.at(-1)?.at ?? null };
}

async function versionsOf(plan: Plan): Promise<Version[]> {
  const [approved, signatures] = await Promise.all([
    listApproved(plan),
    listSignatures(plan.institution, plan.id),
  ]);
  return approved.map((version) => ({ ...version, signed: wasSigned(version, signatures) }));
}

/** Also when the signatures became void later, because the plan changed. */
function wasSigned({ revision }: Approved, signatures: readonly Signature[]): boolean {
  const own = signatures
    .filter((one) => one.revision === revision)
    .map((one) => ({ ...one, state: one.was ?? one.state }));
  return own.length > 0 && areAllSettled(own);
}

/** @returns null for a version that never was */
export async function contentOfVersion(plan: Plan, version: VersionName): Promise<SnapshotContent | null> {
  if (version === 'now') return contentNow(plan);
  return (await approvedContent(plan, version))?.content ?? null;
}

/** The approved versions, to choose from. */
export async function listVersions(plan: Plan): Promise<{ versions: Version[]; zone: string }> {
  const { zone } = await settingsOf(plan.institution);
  return { versions: await versionsOf(plan), zone };
}

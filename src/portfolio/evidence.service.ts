import { changesBetween, type Change } from '../audit/event.ts';
import { keepFile, ownFile } from '../files/file.service.ts';
import type { StoredFile } from '../files/file.ts';
import type { Actor } from '../people/actor.ts';
import { editingPart } from '../plans/partEdit.ts';
import { changePlan } from '../plans/planChange.service.ts';
import type { Plan } from '../plans/plan.ts';
import { say } from '../plans/say.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import {
  LIMITS,
  shows,
  standingsOf,
  type Evidence,
  type EvidenceFile,
  type EvidenceKind,
  type EvidenceOf,
} from './evidence.ts';
import {
  contentOf,
  problemsOf,
  showsOther,
  type EvidenceContent,
  type EvidenceForm,
  type OwnTies,
} from './evidenceForm.ts';
import * as store from './evidence.store.ts';

/** What came with the form of a new file. */
export type GivenFile =
  | { is: 'none' }
  /** Just sent; `receiveFile` gave the id. */
  | { is: 'sent'; id: string }
  /** Chosen from those given before. */
  | { is: 'earlier'; id: string }
  /** Sent and not taken, in words. */
  | { is: 'refused'; message: string };

export interface NewEvidence {
  kind: EvidenceKind;
  form: EvidenceForm;
  file: GivenFile;
}

/** What the use cases need of the day and of what is the student's own. */
export interface EvidenceTime {
  own: OwnTies;
  /** The school's calendar day. */
  today: string;
  now: Date;
}

/** @throws NotFound when this institution has no such evidence, or it is another student's. */
export async function getEvidence(institution: string, person: string, id: string): Promise<Evidence> {
  const evidence = await store.findItem(institution, id);
  if (evidence?.person !== person) throw new NotFound(`evidence ${id}`);
  return evidence;
}

/** Whose it is, for routes that are named by it. */
export async function ownerOfEvidence(institution: string, id: string): Promise<string | null> {
  return (await store.findItem(institution, id))?.person ?? null;
}

/** A student's whole portfolio, newest first, put away pieces included. */
export async function portfolioOf(institution: string, student: string): Promise<Evidence[]> {
  return store.listItems(institution, student);
}

/** The evidence of one goal, skill, course or task, newest first: for pages of other features. */
export async function evidenceFor(institution: string, student: string, of: EvidenceOf): Promise<Evidence[]> {
  return (await store.listItems(institution, student)).filter((evidence) => shows(evidence, of));
}

/**
 * Adds a piece of evidence; possible in every state of the plan, and never material.
 * @throws Invalid naming every field that is wrong, the file's included
 */
export async function addEvidence(actor: Actor, given: NewEvidence, time: EvidenceTime): Promise<Evidence> {
  refuseOthers(actor);
  const { institution, person } = actor;
  const { kind, form } = given;
  refuseProblems([...problemsOf(form, kind, time), ...fileProblem(given)]);
  const id = newId();
  const content = contentOf(form, kind, time.today);
  let added: Evidence | null = null;
  await changePlan(actor, person, time.now, async (plan) => {
    const items = await store.listItems(institution, person);
    if (items.length >= LIMITS.items)
      throw new Conflict(say('portfolio.error.items', { limit: LIMITS.items }), 'portfolio full');
    const file = kind === 'file' ? factsOf(await fileOf(actor, given.file)) : null;
    added = { id, institution, person, kind, ...content, ...FRESH, file, ...bothTimes(time.now) };
    await store.addItem(added);
    const changes = [{ field: 'title', from: null, to: content.title }];
    return edit(plan, actor, { ...time, action: 'evidence.added', changes, items: [...items, added] }, added);
  });
  return added as unknown as Evidence;
}

const FRESH = { confirmedBy: null, confirmedAt: null, archivedAt: null, version: 1 } as const;

function bothTimes(now: Date): Pick<Evidence, 'createdAt' | 'changedAt'> {
  return { createdAt: now, changedAt: now };
}

function fileProblem({ kind, file }: NewEvidence): { field: string; message: string }[] {
  if (kind !== 'file') return [];
  if (file.is === 'refused') return [{ field: 'file', message: file.message }];
  return file.is === 'none' ? [{ field: 'file', message: say('files.error.none') }] : [];
}

async function fileOf(owner: Actor, file: GivenFile): Promise<StoredFile> {
  if (file.is === 'sent') return keepFile(owner, file.id);
  if (file.is === 'earlier') return ownFile(owner, file.id);
  throw new Invalid([{ field: 'file', message: say('files.error.none') }]);
}

function factsOf({ id, name, type, bytes, width, height }: StoredFile): EvidenceFile {
  return { id, name, type, bytes, width, height };
}

const TOLD: (keyof EvidenceContent)[] = [
  'title',
  'reflection',
  'alt',
  'day',
  'url',
  'text',
  'goals',
  'skills',
  'courses',
  'tasks',
  'audience',
  'capstone',
];

/**
 * Changes what is written of a piece. Sending again what is stored changes nothing.
 * @param version the one the writer saw
 * @throws VersionConflict with both texts when another tab saved since
 */
export async function changeEvidence(
  actor: Actor,
  id: string,
  { form, version }: { form: EvidenceForm; version: number },
  time: EvidenceTime,
): Promise<Evidence> {
  refuseOthers(actor);
  const read = await getEvidence(actor.institution, actor.person, id);
  refuseProblems(problemsOf(form, read.kind, { ...time, own: withTies(time.own, read) }));
  const content = contentOf(form, read.kind, time.today);
  return change(actor, actor.person, id, time.now, (before) => {
    const changes = changesBetween<EvidenceContent>(before, content, TOLD);
    if (changes.length === 0) return null;
    refuseOlder(before, content, version);
    const unconfirmed = showsOther(before, content) ? { confirmedBy: null, confirmedAt: null } : {};
    return { action: 'evidence.changed', changes, fields: { ...content, ...unconfirmed } };
  });
}

/** What it is tied to already may stay: a course that has ended was the student's own. */
function withTies(own: OwnTies, { goals, skills, courses, tasks }: Evidence): OwnTies {
  return {
    goals: new Set([...own.goals, ...goals]),
    skills: new Set([...own.skills, ...skills]),
    courses: new Set([...own.courses, ...courses]),
    tasks: new Set([...own.tasks, ...tasks]),
  };
}

function refuseOlder(before: Evidence, content: EvidenceContent, version: number): void {
  if (before.version === version) return;
  const words = wordsIn(before);
  throw new VersionConflict({ words, version: before.version, at: before.changedAt }, wordsIn(content));
}

function wordsIn(content: EvidenceContent): Record<string, string> {
  const { title, reflection, alt, day, text } = content;
  return { title, reflection, alt, day, text, url: content.url ?? '' };
}

/** Puts a piece away; its ties and its file stay, so that it comes back as it was. */
export async function archiveEvidence(actor: Actor, id: string, now: Date): Promise<Evidence> {
  refuseOthers(actor);
  return change(actor, actor.person, id, now, (before) =>
    before.archivedAt === null
      ? { action: 'evidence.archived', changes: [], fields: { archivedAt: now } }
      : null,
  );
}

export async function restoreEvidence(actor: Actor, id: string, now: Date): Promise<Evidence> {
  refuseOthers(actor);
  return change(actor, actor.person, id, now, (before) =>
    before.archivedAt === null
      ? null
      : { action: 'evidence.restored', changes: [], fields: { archivedAt: null } },
  );
}

/** An advisor confirms that a piece is the student's capstone, or takes that back. @throws Conflict when it is none */
export async function confirmCapstone(
  actor: Actor,
  student: string,
  id: string,
  { confirm, now }: { confirm: boolean; now: Date },
): Promise<Evidence> {
  if (actor.role !== 'advisor') throw new Forbidden(`${actor.role} may not confirm a capstone`);
  return change(actor, student, id, now, (before) => {
    if (!before.capstone || before.archivedAt !== null)
      throw new Conflict(say('portfolio.error.noCapstone'), `evidence ${id} is no capstone`);
    if ((before.confirmedAt !== null) === confirm) return null;
    return {
      action: confirm ? 'evidence.confirmed' : 'evidence.unconfirmed',
      changes: [],
      fields: confirm
        ? { confirmedBy: actor.person, confirmedAt: now }
        : { confirmedBy: null, confirmedAt: null },
    };
  });
}

interface Decided {
  action: string;
  changes: Change[];
  fields: Parameters<typeof store.updateItem>[1];
}

/** Loads a piece inside the transaction, lets `decide` say what changes, and tells the plan. Null: nothing does. */
async function change(
  actor: Actor,
  student: string,
  id: string,
  now: Date,
  decide: (before: Evidence) => Decided | null,
): Promise<Evidence> {
  let after: Evidence | null = null;
  await changePlan(actor, student, now, async (plan) => {
    const before = await getEvidence(actor.institution, student, id);
    const decided = decide(before);
    after = decided ? await store.updateItem(before, { ...decided.fields, changedAt: now }) : before;
    if (!decided) return { plan, actions: [] };
    const items = await store.listItems(actor.institution, student);
    return edit(plan, actor, { ...decided, items, now }, after);
  });
  return after as unknown as Evidence;
}

function edit(
  plan: Plan,
  actor: Actor,
  { action, changes, items, now }: Pick<Decided, 'action' | 'changes'> & { items: Evidence[]; now: Date },
  { id }: Pick<Evidence, 'id'>,
): ReturnType<typeof editingPart> {
  return editingPart(plan, actor, {
    part: 'portfolio',
    when: 'open',
    action,
    object: { kind: 'evidence', id },
    changes,
    standings: standingsOf(items),
    now,
  });
}

function refuseOthers(actor: Actor): void {
  if (actor.role !== 'student') throw new Forbidden(`${actor.role} has no portfolio of their own`);
}

function refuseProblems(problems: { field: string; message: string }[]): void {
  if (problems.length > 0) throw new Invalid(problems);
}

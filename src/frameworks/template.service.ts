import { record } from '../audit/audit.service.ts';
import { changesBetween } from '../audit/event.ts';
import { presetsOf } from '../plans/preset.ts';
import { say } from '../plans/say.ts';
import { Conflict, Invalid, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { inTransaction } from '../shared/mongo.ts';
import { fromPresets } from './fromPreset.ts';
import type { TemplateActor } from './templateActor.ts';
import { flawsOf, type Template, type TemplateForm } from './template.ts';
import { addTemplate, findPublished, findTemplate, listTemplates, updateTemplate } from './template.store.ts';

export { listTemplates } from './template.store.ts';
export type { TemplateActor } from './templateActor.ts';

/** @throws NotFound for another school's, as for a missing one */
export async function getTemplate(institution: string, id: string): Promise<Template> {
  const found = await findTemplate(institution, id);
  if (!found) throw new NotFound(`template ${id}`);
  return found;
}

/** A new template from one or several presets, as a draft. @throws Invalid without a preset */
export async function draftFromPresets(
  actor: TemplateActor,
  ids: readonly string[],
  now: Date,
): Promise<Template> {
  const presets = presetsOf(ids);
  if (presets.length === 0)
    throw new Invalid([{ field: 'presets', message: say('templates.error.noPreset') }]);
  return addDraft(actor, { key: newId(), version: 1, ...fromPresets(presets) }, now);
}

/** The next version of a template as a draft; the one that is open already, if there is one. */
export async function draftNextVersion(actor: TemplateActor, key: string, now: Date): Promise<Template> {
  const versions = (await listTemplates(actor.institution)).filter((one) => one.key === key);
  const open = versions.find(({ status }) => status === 'draft');
  if (open) return open;
  const [latest] = versions;
  if (!latest) throw new NotFound(`template ${key}`);
  const { name, presets, grades, components, sections, signatures, reviewsPerYear, milestones } = latest;
  const copy = { name, presets, grades, components, sections, signatures, reviewsPerYear, milestones };
  return addDraft(actor, { key, version: latest.version + 1, ...copy }, now);
}

async function addDraft(
  actor: TemplateActor,
  fields: Omit<Template, 'id' | 'institution' | 'status' | 'saved' | 'createdAt' | 'changedBy' | DateField>,
  now: Date,
): Promise<Template> {
  const { institution, person } = actor;
  const never = { status: 'draft', saved: 0, publishedAt: null, retiredAt: null } as const;
  const added = await addTemplate({ ...fields, ...never, institution, createdAt: now, changedBy: person });
  if (!added) throw new Conflict(say('templates.error.changed'));
  await tell(actor, 'template.drafted', added, [], now);
  return added;
}
type DateField = 'publishedAt' | 'retiredAt';

/**
 * Saves a draft. @param saved the number of saves that the writer saw
 * @throws Conflict when another tab or person saved since, or when it is no draft any more
 */
export async function saveDraft(
  actor: TemplateActor,
  id: string,
  form: TemplateForm,
  saved: number,
  now: Date,
): Promise<Template> {
  const before = await getTemplate(actor.institution, id);
  if (before.status !== 'draft') throw new Conflict(say('templates.error.notDraft'));
  return inTransaction(async () => {
    const after = await updateTemplate({ ...before, saved }, { ...form, changedBy: actor.person });
    if (!after) throw new Conflict(say('templates.error.changed'));
    await tell(actor, 'template.changed', after, changesBetween(before, after, FIELDS), now);
    return after;
  });
}

const FIELDS = ['name', 'grades', 'components', 'sections', 'signatures', 'reviewsPerYear'] as const;

/**
 * Makes a draft the version that new plans get; plans that exist keep theirs until they are moved.
 * @param saved the number of saves the publisher saw; left out: whatever is stored
 * @throws Invalid while no student could complete it, Conflict when it was saved since
 */
export async function publishTemplate(
  actor: TemplateActor,
  id: string,
  now: Date,
  saved?: number,
): Promise<Template> {
  const draft = await getTemplate(actor.institution, id);
  if (draft.status !== 'draft') throw new Conflict(say('templates.error.notDraft'));
  if (saved !== undefined && saved !== draft.saved) throw new Conflict(say('templates.error.changed'));
  const flaws = flawsOf(draft);
  if (flaws.length > 0)
    throw new Invalid(flaws.map((flaw) => ({ field: 'parts', message: say(`templates.flaw.${flaw}`) })));
  return inTransaction(async () => {
    const earlier = await findPublished(draft.institution, draft.key);
    if (earlier) await updateTemplate(earlier, { status: 'retired', retiredAt: now });
    return moveTo(actor, draft, { status: 'published', publishedAt: now }, 'template.published', now);
  });
}

/** No new plan gets it any more; plans that use it keep it. */
export async function retireTemplate(actor: TemplateActor, id: string, now: Date): Promise<Template> {
  const template = await getTemplate(actor.institution, id);
  if (template.status !== 'published') throw new Conflict(say('templates.error.notPublished'));
  return inTransaction(() =>
    moveTo(actor, template, { status: 'retired', retiredAt: now }, 'template.retired', now),
  );
}

async function moveTo(
  actor: TemplateActor,
  before: Template,
  fields: Partial<Template>,
  action: string,
  now: Date,
): Promise<Template> {
  const after = await updateTemplate(before, { ...fields, changedBy: actor.person });
  if (!after) throw new Conflict(say('templates.error.changed'));
  await tell(actor, action, after, [{ field: 'status', from: before.status, to: after.status }], now);
  return after;
}

async function tell(
  { institution, person, via }: TemplateActor,
  action: string,
  template: Template,
  changes: { field: string; from: unknown; to: unknown }[],
  at: Date,
): Promise<void> {
  const object = { kind: 'template', id: template.id };
  await record({ institution, actor: person, action, subject: null, object, changes, via, at });
}

import { describe, expect, it } from 'vitest';
import { frameworkOf } from '../../../src/frameworks/framework.service.ts';
import {
  listMigrations,
  previewMigration,
  requestMigration,
  takeMigration,
  undoMigration,
} from '../../../src/frameworks/migration.service.ts';
import {
  draftFromPresets,
  draftNextVersion,
  getTemplate,
  publishTemplate,
  retireTemplate,
  saveDraft,
  type TemplateActor,
} from '../../../src/frameworks/template.service.ts';
import type { Template } from '../../../src/frameworks/template.ts';
import { getPlan, openPlan, submitPlan } from '../../../src/plans/plan.service.ts';
import { PROFILE_KEYS } from '../../../src/plans/plan.ts';
import { saveProfilePart } from '../../../src/plans/profile.service.ts';
import { createGoal } from '../../../src/goals/goal.service.ts';
import { Conflict, Invalid, NotFound } from '../../../src/shared/errors.ts';
import { aGoalForm, anId, NOW } from '../../support/build.ts';
import { useDatabase } from '../../support/db.ts';
import { aSchool, type School } from '../../support/storedSchool.ts';

useDatabase();

const actorOf = ({ institution, administrator }: School): TemplateActor => ({
  institution,
  person: administrator.person,
  via: null,
});
const starter = { framework: 'starter', version: 1 };
const versionOf = ({ key, version }: Template) => ({ framework: key, version });

async function published(actor: TemplateActor, ids: string[] = ['us-ky-ilp']): Promise<Template> {
  return publishTemplate(actor, (await draftFromPresets(actor, ids, NOW)).id, NOW);
}

/** The worker's part, until nothing is due. */
async function work(): Promise<void> {
  for (let batch = await takeMigration(() => NOW); batch; batch = await takeMigration(() => NOW))
    await batch();
}

describe('a template', () => {
  it('goes from draft over published to retired, and never changes once published', async () => {
    const actor = actorOf(await aSchool());
    const draft = await draftFromPresets(actor, ['us-az-ecap', 'us-ky-ilp'], NOW);
    const saved = await saveDraft(actor, draft.id, { ...draft, name: 'Lakeshore plan' }, 0, NOW);
    expect([saved.name, saved.saved, saved.status]).toEqual(['Lakeshore plan', 1, 'draft']);
    await expect(saveDraft(actor, draft.id, draft, 0, NOW)).rejects.toThrow(Conflict);
    await expect(frameworkOf({ ...actor, framework: draft.key, frameworkVersion: 1 })).rejects.toThrow(
      NotFound,
    );
    await publishTemplate(actor, draft.id, NOW);
    await expect(saveDraft(actor, draft.id, draft, 2, NOW)).rejects.toThrow(Conflict);
    expect((await retireTemplate(actor, draft.id, NOW)).status).toBe('retired');
    const framework = await frameworkOf({ ...actor, framework: draft.key, frameworkVersion: 1 });
    expect(framework.name).toBe('Lakeshore plan');
  });

  it('retires the version before when the next one is published, and opens one draft at a time', async () => {
    const actor = actorOf(await aSchool());
    const first = await published(actor);
    const second = await draftNextVersion(actor, first.key, NOW);
    expect((await draftNextVersion(actor, first.key, NOW)).id).toBe(second.id);
    expect([second.version, second.components]).toEqual([2, first.components]);
    await publishTemplate(actor, second.id, NOW);
    expect((await getTemplate(actor.institution, first.id)).status).toBe('retired');
  });

  it('is not published while nothing counts', async () => {
    const actor = actorOf(await aSchool());
    const draft = await draftFromPresets(actor, ['us-ky-ilp'], NOW);
    const components = draft.components.map((one) => ({ ...one, on: false }));
    await saveDraft(actor, draft.id, { ...draft, components }, 0, NOW);
    await expect(publishTemplate(actor, draft.id, NOW)).rejects.toThrow(Invalid);
  });

  it('of another school is a missing one', async () => {
    const draft = await draftFromPresets(actorOf(await aSchool()), ['us-ky-ilp'], NOW);
    const other = actorOf(await aSchool());
    await expect(publishTemplate(other, draft.id, NOW)).rejects.toThrow(NotFound);
    await expect(draftFromPresets(other, [anId()], NOW)).rejects.toThrow(Invalid);
  });
});

describe('moving plans to another version', () => {
  it('is previewed, moves open plans with every word, and is undone', async () => {
    const school = await aSchool();
    const { student, institution } = school;
    await openPlan(institution, student.person, NOW);
    const part = { text: 'I explain things well.', finished: true };
    await saveProfilePart(student, student.person, 'strengths', part, 0, NOW);
    const target = await published(actorOf(school));
    const preview = await previewMigration(institution, starter, versionOf(target));
    expect(preview.diff.removed).toContain('strengths');
    expect(preview.diff.added).toContain('courses.plan');
    expect(preview.effects).toEqual([
      {
        person: student.person,
        before: { done: 1, total: 4 },
        after: { done: 0, total: target.components.length },
      },
    ]);
    expect((await getPlan(institution, student.person)).framework).toBe('starter');

    const { id } = await requestMigration(actorOf(school), starter, versionOf(target), NOW);
    await work();
    const moved = await getPlan(institution, student.person);
    expect([moved.framework, moved.profile.strengths.text, moved.summary.total]).toEqual([
      target.key,
      part.text,
      target.components.length,
    ]);
    expect((await listMigrations(institution))[0]).toMatchObject({ id, status: 'done', moved: 1, left: 0 });

    await undoMigration(actorOf(school), id, NOW);
    await work();
    const back = await getPlan(institution, student.person);
    expect([back.framework, back.summary.total, back.migration]).toEqual(['starter', 4, null]);
    expect((await listMigrations(institution))[0]?.status).toBe('undone');
  });

  it('leaves a plan that an advisor has', async () => {
    const school = await aSchool();
    const { student, institution } = school;
    await openPlan(institution, student.person, NOW);
    for (const key of PROFILE_KEYS)
      await saveProfilePart(student, student.person, key, { text: 'Yes', finished: true }, 0, NOW);
    await createGoal(student, student.person, aGoalForm(), NOW);
    await submitPlan(student, student.person, NOW);
    const target = await published(actorOf(school));
    await requestMigration(actorOf(school), starter, versionOf(target), NOW);
    await work();
    expect((await getPlan(institution, student.person)).framework).toBe('starter');
  });

  it('to the version they have is refused, and so is undoing twice', async () => {
    const school = await aSchool();
    const target = await published(actorOf(school));
    await expect(requestMigration(actorOf(school), starter, starter, NOW)).rejects.toThrow(Conflict);
    const { id } = await requestMigration(actorOf(school), starter, versionOf(target), NOW);
    await work();
    await undoMigration(actorOf(school), id, NOW);
    await expect(undoMigration(actorOf(school), id, NOW)).rejects.toThrow(Conflict);
    await work();
  });
});

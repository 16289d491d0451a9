import { describe, expect, it } from 'vitest';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { getCourse } from '../../../src/courses/course.service.ts';
import { changeSettings } from '../../../src/institutions/institution.service.ts';
import { addInstitution } from '../../../src/institutions/institution.store.ts';
import { FIRST_SETTINGS } from '../../../src/institutions/institution.ts';
import { settingsOf } from '../../../src/institutions/settings.service.ts';
import {
  addPlatform,
  findPlatform,
  listDeployments,
  proposeDeployment,
  setPlatformStatus,
} from '../../../src/lti/platform.store.ts';
import { isAdministrator } from '../../../src/people/person.service.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { newId } from '../../../src/shared/model.ts';
import { paths } from '../../../src/shared/paths.ts';
import { findIn } from '../../support/door.ts';
import { aPlatform } from '../../support/lmsServer.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

const administrator = (): Promise<Visitor> => school.as('admin1', { course: undefined });

async function storedPlatform(invitedBy: string, status: 'active' | 'inactive'): Promise<string> {
  const fields = { clientId: newId(), name: 'District Canvas', status, invitedBy };
  const { id: _, ...platform } = aPlatform('https://lms.example', fields);
  return (await addPlatform(platform)).id;
}

const anotherSchool = async (): Promise<string> =>
  (await addInstitution({ ...FIRST_SETTINGS, name: `School ${newId()}`, createdAt: new Date() })).id;

async function deploymentStatus(id: string): Promise<string | undefined> {
  return (await listDeployments()).find((one) => one.id === id)?.status;
}

describe('the school’s set-up', () => {
  it('is for those with the right, whatever the LMS calls the others', async () => {
    const page = await (await administrator()).get(paths.admin);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Advisory courses');
    for (const person of ['advisor1', 'student02', 'parent2'])
      expect((await (await school.as(person)).get(paths.admin)).status).toBe(403);
  });

  it('makes a registration link that is shown once', async () => {
    const visitor = await administrator();
    await visitor.get(paths.admin);
    const made = await visitor.post(paths.adminInvites, {});
    const link = /value="(http[^"]+\/lti\/register\?invite=[^"]+)"/.exec(made.text)?.[1] ?? '';
    expect(link).not.toBe('');
    expect((await fetch(link)).status).toBe(200);
    expect((await visitor.get(paths.admin)).text).not.toContain(link);
  });

  it('approves an LMS and a place in it', async () => {
    const platform = await storedPlatform(school.institution, 'inactive');
    const deployment = await proposeDeployment(
      { platform, deploymentId: 'place-1', institution: null, status: 'waiting' },
      new Date(),
    );
    const visitor = await administrator();
    const page = await visitor.get(paths.admin);
    expect(page.text).toContain(`action="${paths.adminPlatform(platform)}"`);
    expect(page.text).toContain('Place in the LMS: place-1');
    const approved = await visitor.post(paths.adminPlatform(platform), {});
    expect(approved.text).toContain('The LMS is connected.');
    expect((await findPlatform(platform))?.status).toBe('active');
    expect(await deploymentStatus(deployment.id)).toBe('waiting');
    const placed = await visitor.post(paths.adminDeployment(deployment.id), {});
    expect(placed.text).toContain('This place in the LMS is approved.');
    expect(await deploymentStatus(deployment.id)).toBe('approved');
    const actor = await school.person('admin1');
    for (const object of [platform, deployment.id])
      expect(await findIn('auditEvents', { object })).toMatchObject([
        { actor, action: expect.stringMatching(/^(platform|deployment)\.approved$/) },
      ]);
  });

  it('neither shows nor approves another school’s connection', async () => {
    const other = await anotherSchool();
    const platform = await storedPlatform(other, 'inactive');
    const { id: place } = await proposeDeployment(
      { platform, deploymentId: 'theirs', institution: null, status: 'waiting' },
      new Date(),
    );
    const visitor = await administrator();
    const page = await visitor.get(paths.admin);
    expect(page.text).not.toContain('theirs');
    expect((await visitor.post(paths.adminPlatform(platform), {})).status).toBe(404);
    expect((await visitor.post(paths.adminDeployment(place), {})).status).toBe(404);
    await setPlatformStatus(platform, 'active');
    expect((await visitor.post(paths.adminDeployment(place), {})).status).toBe(404);
    expect(await deploymentStatus(place)).toBe('waiting');
  });

  it('switches advisory courses', async () => {
    const visitor = await administrator();
    const course = await school.course('biology');
    await visitor.get(paths.admin);
    const on = await visitor.post(paths.adminCourse(course), { advisory: '1' });
    expect(on.text).toContain('is an advisory course now.');
    expect((await getCourse(school.institution, course)).advisory).toBe(true);
    await visitor.post(paths.adminCourse(course), { advisory: '0' });
    expect((await getCourse(school.institution, course)).advisory).toBe(false);
    expect((await visitor.post(paths.adminCourse(newId()), { advisory: '1' })).status).toBe(404);
  });
});

describe('the school’s settings', () => {
  const settings = { zone: 'Europe/Paris', planName: 'My path', month: '08', day: '5', sees: 'advisory' };

  it('are changed in one form, at once and told', async () => {
    const before = await settingsOf(school.institution);
    const visitor = await administrator();
    await visitor.get(paths.admin);
    const saved = await visitor.post(paths.adminSettings, settings);
    expect(saved.text).toContain('The settings are saved.');
    expect(await settingsOf(school.institution)).toMatchObject({
      zone: 'Europe/Paris',
      planName: 'My path',
      yearStarts: '08-05',
    });
    const object = school.institution;
    expect(
      await findIn('auditEvents', { object, action: 'institution.changed', actor: { $ne: 'operator' } }),
    ).toMatchObject([{ actor: await school.person('admin1') }]);
    await visitor.post(paths.adminSettings, settings);
    expect(
      await findIn('auditEvents', { object, action: 'institution.changed', actor: { $ne: 'operator' } }),
    ).toHaveLength(1);
    const by = { institution: object, person: 'operator', via: null };
    await changeSettings(
      by,
      { zone: before.zone, planName: before.planName, yearStarts: before.yearStarts },
      new Date(),
    );
  });

  it('that cannot be are shown again', async () => {
    const visitor = await administrator();
    await visitor.get(paths.admin);
    const refused = await visitor.post(paths.adminSettings, {
      ...settings,
      month: '02',
      day: '29',
      zone: 'Mars/Olympus',
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Choose a time zone from the list.');
    expect(refused.text).toContain('value="My path"');
    const day = await visitor.post(paths.adminSettings, { ...settings, month: '02', day: '29' });
    expect(day.text).toContain('<a href="#day">This day does not exist in every year.</a>');
  });
});

describe('the administrator right', () => {
  it('is given by an ID or an e-mail, and counts from the next visit', async () => {
    const visitor = await administrator();
    await visitor.get(paths.admin);
    const nobody = await visitor.post(paths.adminGrants, { do: 'add', who: 'nobody@nowhere.example' });
    expect(nobody.status).toBe(422);
    expect(nobody.text).toContain('value="nobody@nowhere.example"');
    const { email } = school.lms.manners.canvas.person('teacher1');
    const added = await visitor.post(paths.adminGrants, { do: 'add', who: email?.toUpperCase() ?? '' });
    expect(added.text).toContain('is an administrator from their next visit on.');
    const person = await school.person('teacher1');
    expect(await isAdministrator(school.institution, person)).toBe(true);
    const teacher = await school.as('teacher1', { course: 'history' });
    expect((await teacher.get(paths.admin)).status).toBe(200);
    const events = await historyOf(school.institution, person, { actions: ['grant.added'], limit: 5 });
    expect(events).toHaveLength(1);
  });

  it('is taken away at once, but not by oneself', async () => {
    const teacher = await school.as('teacher1', { course: 'history' });
    const visitor = await administrator();
    await visitor.get(paths.admin);
    const person = await school.person('teacher1');
    const removed = await visitor.post(paths.adminGrants, { do: 'remove', person });
    expect(removed.text).toContain('is no longer an administrator.');
    expect((await teacher.get(paths.admin)).status).toBe(401);
    const self = await school.person('admin1');
    expect((await visitor.post(paths.adminGrants, { do: 'remove', person: self })).status).toBe(409);
    expect(await isAdministrator(school.institution, self)).toBe(true);
    expect((await visitor.post(paths.adminGrants, { do: 'add', person: newId() })).status).toBe(404);
  });
});

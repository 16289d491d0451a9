import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  draftFromPresets,
  getTemplate,
  listTemplates,
  publishTemplate,
  type TemplateActor,
} from '../../../src/frameworks/template.service.ts';
import { typedTemplate } from '../../../src/frameworks/templateForm.ts';
import type { Template } from '../../../src/frameworks/template.ts';
import { settingsOf } from '../../../src/institutions/settings.service.ts';
import { getPlan } from '../../../src/plans/plan.service.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { newId } from '../../../src/shared/model.ts';
import { paths } from '../../../src/shared/paths.ts';
import { findIn } from '../../support/door.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();
let visitor: Visitor;
let actor: TemplateActor;

beforeEach(async () => {
  visitor = await school.as('admin1', { course: undefined });
  actor = { institution: school.institution, person: await school.person('admin1'), via: null };
  await visitor.get(paths.adminFrameworks);
});

const aDraft = (ids = ['us-az-ecap']): Promise<Template> => draftFromPresets(actor, ids, new Date());
const published = async (ids?: string[]): Promise<Template> =>
  publishTemplate(actor, (await aDraft(ids)).id, new Date());
const saved = (id: string): Promise<Template> => getTemplate(school.institution, id);

/** The editor's fields as a browser posts them. */
function fieldsOf(template: Template): Record<string, string> {
  const { sections, parts, signatures, ...rest } = typedTemplate(template);
  const fields: Record<string, string> = { ...rest, _version: String(template.saved) };
  for (const [key, weight] of Object.entries(sections)) fields[`section.${key}`] = weight;
  for (const [key, part] of Object.entries(parts)) {
    fields[`weight.${key}`] = part.weight;
    if (part.on) fields[`on.${key}`] = '1';
    if (part.required) fields[`required.${key}`] = '1';
    if (part.confirm) fields[`confirm.${key}`] = '1';
  }
  for (const [role, { on, required }] of Object.entries(signatures)) {
    if (on) fields[`sign.${role}`] = '1';
    if (required) fields[`signRequired.${role}`] = '1';
  }
  return fields;
}

describe('plan design', () => {
  it('is for administrators', async () => {
    for (const person of ['advisor1', 'student01', 'parent2'])
      expect((await (await school.as(person)).get(paths.adminFrameworks)).status).toBe(403);
  });

  it('starts a draft from two frameworks, and refuses none with the page again', async () => {
    const none = await visitor.post(paths.adminFrameworks, {});
    expect(none.status).toBe(422);
    expect(none.text).toContain('<a href="#presets">Choose at least one framework to start from.</a>');
    const made = await visitor.post(paths.adminFrameworks, { presets: ['us-az-ecap', 'us-ri-ilp'] });
    expect(made.status).toBe(200);
    expect(made.text).toContain('The draft is started.');
    expect(made.text).toContain('Secondary source, verify');
    const [, id = ''] = /\/admin\/frameworks\/([0-9a-f]{24})/.exec(made.path) ?? [];
    expect((await saved(id)).presets).toEqual(['us-az-ecap', 'us-ri-ilp']);
    expect(await findIn('auditEvents', { action: 'template.drafted', object: id })).toMatchObject([
      { actor: actor.person },
    ]);
  });

  it('saves a draft whole, and shows a wrong one again with every word', async () => {
    const draft = await aDraft();
    const fields = fieldsOf(draft);
    await visitor.get(paths.adminFramework(draft.id));
    const wrong = await visitor.post(paths.adminFramework(draft.id), {
      ...fields,
      name: 'Lakeshore plan',
      'weight.career.goal': 'much',
      from: '12',
      to: '9',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('<a href="#weight.career.goal">A weight is a number from 0 to 1,000.</a>');
    expect(wrong.text).toContain('value="much"');
    expect(wrong.text).toContain('value="Lakeshore plan"');
    expect((await saved(draft.id)).saved).toBe(0);

    const without: Record<string, string> = {
      ...fields,
      name: 'Lakeshore plan',
      reviews: '3',
      'sign.family': '1',
    };
    delete without['on.extracurricular'];
    const right = await visitor.post(paths.adminFramework(draft.id), { ...without, next: 'publish' });
    expect(right.path).toBe(paths.compareFramework(draft.id));
    const after = await saved(draft.id);
    expect([after.name, after.reviewsPerYear, after.saved]).toEqual(['Lakeshore plan', 3, 1]);
    expect(after.components.find(({ key }) => key === 'extracurricular')?.on).toBe(false);
    expect(after.signatures.map(({ role }) => role)).toContain('family');
    const [event] = await findIn('auditEvents', { action: 'template.changed', object: draft.id });
    expect(event).toMatchObject({ actor: actor.person });
  });

  it('shows both when somebody saved meanwhile, and the next save keeps the writer’s', async () => {
    const draft = await aDraft();
    const path = paths.adminFramework(draft.id);
    await visitor.get(path);
    await visitor.post(path, { ...fieldsOf(draft), name: 'Theirs' });
    const stale = await visitor.post(path, { ...fieldsOf(draft), name: 'Mine' });
    expect(stale.status).toBe(409);
    expect(stale.text).toContain('Somebody saved this draft while you wrote');
    expect(stale.text).toContain('It is called “Mine”, not “Theirs” any more');
    expect(stale.text).toContain('name="_version" value="1"');
    expect((await saved(draft.id)).name).toBe('Theirs');
    await visitor.post(path, { ...fieldsOf(draft), name: 'Mine', _version: '1' });
    expect((await saved(draft.id)).name).toBe('Mine');
  });

  it('publishes only what was seen, and asks first when no plan could be complete', async () => {
    const draft = await aDraft(['us-wa-hsbp']);
    const path = paths.publishFramework(draft.id);
    const compare = await visitor.get(paths.compareFramework(draft.id));
    expect(compare.text).toContain('No student could reach 100% with this');
    expect(compare.text).toContain(`href="${paths.adminFramework(draft.id)}#c-courses.gradreq"`);
    const refused = await visitor.post(path, { _version: '0' });
    expect([refused.status, (await saved(draft.id)).status]).toEqual([422, 'draft']);
    expect((await visitor.post(path, { _version: '4', anyway: '1' })).status).toBe(409);
    const done = await visitor.post(path, { _version: '0', anyway: '1' });
    expect(done.text).toContain('The version is published.');
    expect((await visitor.post(path, { _version: '1', anyway: '1' })).status).toBe(409);
    expect((await visitor.post(paths.adminFramework(draft.id), fieldsOf(draft))).status).toBe(409);
  });

  it('cannot publish a plan that asks for nothing', async () => {
    const draft = await aDraft();
    const fields = Object.entries(fieldsOf(draft)).filter(([name]) => !name.startsWith('on.'));
    await visitor.post(paths.adminFramework(draft.id), Object.fromEntries(fields));
    expect((await visitor.get(paths.compareFramework(draft.id))).text).toContain(
      'Switch at least one part on.',
    );
    expect(
      (await visitor.post(paths.publishFramework(draft.id), { _version: '1', anyway: '1' })).status,
    ).toBe(422);
  });

  it('retires a version and starts the next, once', async () => {
    const { id, key } = await published();
    const next = await visitor.post(paths.nextFramework(id), {});
    expect(next.text).toContain('Draft 2');
    await visitor.post(paths.nextFramework(id), {});
    expect((await listTemplates(school.institution)).filter((one) => one.key === key)).toHaveLength(2);
    expect((await visitor.get(paths.adminFramework(id))).text).toContain('Open the draft');
    expect((await visitor.post(paths.retireFramework(id), {})).text).toContain('The version is retired.');
    expect((await visitor.get(paths.movePlans(id))).status).toBe(409);
  });

  it('previews an empty plan for a grade and keeps nothing', async () => {
    const { id } = await aDraft();
    const before = await findIn('plans', {});
    const page = await visitor.get(`${paths.previewFramework(id)}?grade=11`);
    expect(page.text).toContain('The plan of a student in grade 11');
    expect(page.text).toContain('Steps in my plan');
    expect((await visitor.get(`${paths.previewFramework(id)}?grade=99`)).status).toBe(200);
    expect(await findIn('plans', {})).toHaveLength(before.length);
  });

  it('of another school, or of none, is a missing page', async () => {
    const id = newId();
    for (const path of [
      paths.adminFramework(id),
      paths.previewFramework(id),
      paths.compareFramework(id),
      paths.movePlans(id),
      paths.planMove(id),
      paths.adminFramework('x'),
    ])
      expect([path, (await visitor.get(path)).status]).toEqual([path, 404]);
    for (const path of [paths.retireFramework(id), paths.nextFramework(id), paths.undoPlanMove(id)])
      expect([path, (await visitor.post(path, {})).status]).toEqual([path, 404]);
  });
});

describe('what new plans get', () => {
  it('is chosen among what is published, told, and used at the next first launch', async () => {
    const { key } = await published(['us-ky-ilp']);
    const { key: unpublished } = await aDraft();
    expect((await visitor.post(paths.chooseFramework, { framework: unpublished })).status).toBe(422);
    const chosen = await visitor.post(paths.chooseFramework, { framework: key });
    expect(chosen.text).toContain('New plans get this one.');
    expect((await settingsOf(school.institution)).framework).toBe(key);
    const [event] = await findIn('auditEvents', { action: 'institution.changed', actor: actor.person });
    expect(event).toBeDefined();
    await school.as('student20');
    expect((await getPlan(school.institution, await school.person('student20'))).framework).toBe(key);
    await visitor.post(paths.chooseFramework, { framework: 'starter' });
  });
});

/** The worker looks for moves once a second: the page, once it asks to be fetched no more. */
async function ended(path: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const { text } = await visitor.get(path);
      expect(text).not.toContain('data-refresh');
      return text;
    },
    { timeout: 15_000, interval: 100 },
  );
}

describe('moving plans', () => {
  it('is previewed with names, confirmed, followed and undone', async () => {
    await school.as('student03');
    const person = await school.person('student03');
    const { id, key } = await published(['us-ky-ilp']);
    const path = paths.movePlans(id);
    expect((await visitor.get(path)).text).toContain('Starter plan (');
    const preview = await visitor.get(`${path}?from=starter.1`);
    expect(preview.text).toContain('New in the plan');
    expect(preview.text).toContain('0 of 4');
    expect(preview.text).toContain(`href="${paths.student(person)}"`);
    expect((await getPlan(school.institution, person)).framework).toBe('starter');

    const unnamed = await visitor.post(path, { from: '' });
    expect([unnamed.status, unnamed.text.includes('Choose whose plans to move.')]).toEqual([422, true]);
    const moving = await visitor.post(path, { from: 'starter.1' });
    expect(moving.text).toContain('data-refresh="2"');
    expect(await ended(moving.path)).toContain('Undo: move them back');
    expect((await getPlan(school.institution, person)).framework).toBe(key);
    expect((await visitor.get(paths.adminFrameworks)).text).toContain(moving.path);

    await visitor.post(`${moving.path}/undo`, {});
    expect(await ended(moving.path)).toContain('Moved back');
    expect((await getPlan(school.institution, person)).framework).toBe('starter');
    expect((await visitor.post(`${moving.path}/undo`, {})).status).toBe(409);
  });
});

describe('what is missing', () => {
  it('is read by the student and those who read the plan, and by nobody else', async () => {
    const student = await school.as('student04');
    const person = await school.person('student04');
    const home = await student.get(paths.plan);
    expect(home.text).toContain(`href="${paths.missing}"`);
    const page = await student.get(paths.missing);
    expect(page.text).toContain('Your school asks for it.');
    expect(page.text).toContain('This review period ends on');
    const advisor = await school.as('advisor1');
    expect((await advisor.get(paths.student(person))).text).toContain(
      `href="${paths.studentMissing(person)}"`,
    );
    expect((await advisor.get(paths.studentMissing(person))).text).toContain('The advisor’s approval');
    expect((await advisor.get(paths.missing)).status).toBe(403);
    expect((await (await school.as('student05')).get(paths.studentMissing(person))).status).toBe(404);
    expect((await (await school.as('parent2')).get(paths.studentMissing(person))).status).toBe(404);
  });
});

import { describe, expect, it } from 'vitest';
import { fromPresets } from '../../../src/frameworks/fromPreset.ts';
import { frameworkOfTemplate } from '../../../src/frameworks/template.ts';
import { missingPage, type MissingFacts } from '../../../src/plans/missing.page.ts';
import { missingThings, settledThings } from '../../../src/plans/missingList.ts';
import { componentsOf, starter } from '../../../src/plans/framework.ts';
import { presetsOf } from '../../../src/plans/preset.ts';
import { notReadyToSend } from '../../../src/plans/progress.ts';
import { aPart, aPlan, aWholePlan, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const frameworkFrom = (ids: string[]) =>
  frameworkOfTemplate({
    ...fromPresets(presetsOf(ids)),
    id: 't',
    institution: 'i',
    key: 'k',
    version: 1,
    status: 'published',
    saved: 0,
    createdAt: NOW,
    changedBy: 'p',
    publishedAt: NOW,
    retiredAt: null,
  });

const shown = (overrides: Partial<MissingFacts> = {}) =>
  missingPage(words, {
    plan: aPlan(),
    framework: frameworkFrom(['us-ky-ilp', 'us-az-ecap']),
    until: '2027-06-30',
    milestones: [],
    student: null,
    ...overrides,
  });

describe('what is missing', () => {
  it('is everything in an empty plan, each with who asks for it', () => {
    const framework = frameworkFrom(['us-ky-ilp', 'us-az-ecap']);
    const things = missingThings(aPlan({ year: 2027 }), framework);
    expect(things).toHaveLength(componentsOf(framework).length + framework.gates.length);
    const goal = things.find(({ key }) => key === 'career.goal');
    expect(goal?.askedBy.map(({ preset, required }) => [preset.id, required])).toContainEqual([
      'us-az-ecap',
      true,
    ]);
    const signing = things.find(({ key }) => key === 'signatures');
    expect(signing).toMatchObject({ why: 'gate', turn: 'advisor', required: true });
    expect(signing?.askedBy.map(({ preset }) => preset.id)).toContain('us-ky-ilp');
  });

  it('and what is done share out the framework: a thing is in one list only', () => {
    const framework = frameworkFrom(['us-ky-ilp']);
    const [first, second] = componentsOf(framework);
    const standings = [{ component: first!.key, credit: 1, verified: true, at: NOW }];
    const exemptions = [{ component: second!.key, reason: 'Moved here in May', by: 'x', at: NOW }];
    const plan = aPlan({ standings, exemptions });
    const missing = missingThings(plan, framework).map(({ key }) => key as string);
    const settled = settledThings(plan, framework);
    expect(missing.filter((key) => settled.some((one) => one.key === key))).toEqual([]);
    expect(settled).toContainEqual({ key: second!.key, exempt: 'Moved here in May' });
    const keys = componentsOf(framework).map(({ key }) => key as string);
    expect(
      [...missing, ...settled.map(({ key }) => key as string)].filter((key) => keys.includes(key)).toSorted(),
    ).toEqual(keys.toSorted());
  });

  it('is only the approval in a finished plan of the starter', () => {
    expect(missingThings(aWholePlan(), starter).map(({ key, turn }) => [key, turn])).toContainEqual([
      'advisorApproval',
      'advisor',
    ]);
    expect(settledThings(aWholePlan(), starter).map(({ key }) => key)).toEqual(
      expect.arrayContaining(['strengths', 'improvements', 'interests']),
    );
  });

  it('a written part that waits for nobody is done; one that is asked for again is missing', () => {
    const profile = { ...aWholePlan().profile, strengths: aPart({ finished: false, asked: true }) };
    const things = missingThings(aPlan({ profile }), starter);
    expect(things[0]).toMatchObject({ key: 'strengths', why: 'changeAsked', turn: 'student' });
  });

  it('what staff do, alone or with the student, does not keep the plan from being sent', () => {
    const asked = frameworkFrom(['us-ri-ilp', 'us-ut-pccr']);
    const turns = new Map(missingThings(aPlan(), asked).map(({ key, turn }) => [key, turn]));
    const kept = notReadyToSend(aPlan(), asked).map(({ key }) => key);
    for (const [key, turn] of [
      ['academic.support', 'advisor'],
      ['supports.link', 'both'],
      ['conference', 'both'],
    ] as const)
      expect([key, turns.get(key), kept.includes(key)]).toEqual([key, turn, false]);
    expect(kept).toContain('self.interests');
    const again = aPlan({ askedParts: ['coursePlan'] });
    expect(notReadyToSend(again, asked).map(({ key }) => key)).toContain('academic.support');
  });
});

describe('the page of what is missing', () => {
  it('says why with the citation, and marks what is no text of the rule', () => {
    const item = shown({ framework: frameworkFrom(['us-ky-ilp']) }).items.find(
      ({ key }) => key === 'career.goal',
    );
    const [own, kentucky] = item?.reasons ?? [];
    expect(own?.text).toContain('Individual Learning Plan');
    expect(kentucky?.text).toContain('US-KY');
    expect(kentucky?.sources).toContain('704 KAR 3:305');
    expect(kentucky?.mark?.label).toBe('Secondary source, verify');
    const arizona = shown({ framework: frameworkFrom(['us-az-ecap']) }).items[0]?.reasons[1];
    expect([arizona?.mark, arizona?.sources]).toEqual([null, expect.stringContaining('R7-2-302.05')]);
  });

  it('says that the school asks where no rule does', () => {
    const { items, by } = shown({ framework: starter });
    expect(items[0]?.reasons.map(({ text }) => text)).toContain('Your school asks for it.');
    expect(by).toContain('June 30, 2027');
    expect(items[0]?.must).toContain('By June 30, 2027');
  });

  it('links the student to where it is done, and staff to where they see it', () => {
    const own = shown().items.find(({ key }) => key === 'self.interests');
    expect(own?.action?.href).toBe('/plan/interests');
    const staff = shown({ student: { id: 's1', name: 'Zosia' } });
    expect(staff.title).toBe('What is missing in Zosia’s plan');
    expect(staff.items.every(({ action }) => action?.href?.startsWith('/students/s1/'))).toBe(true);
    expect(shown().items.find(({ key }) => key === 'advisorApproval')?.action).toBeNull();
  });

  it('prints milestones, what is done, and hostile words as words', () => {
    const hostile = '"><script>alert(1)</script>';
    const exemptions = [{ component: 'career.goal' as const, reason: hostile, by: 'x', at: NOW }];
    const milestones = [
      { grade: 9, what: `plan begun ${hostile}` },
      { grade: null, what: 'review' },
    ];
    const model = shown({ plan: aPlan({ exemptions }), milestones, student: { id: 's', name: hostile } });
    expect(model.milestones).toEqual([`Grade 9: plan begun ${hostile}`, 'review']);
    const html = renderPage('plans/missing', model);
    expect(html).not.toContain('<script>alert');
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(renderPage('plans/missing', shown({ plan: aWholePlan(), framework: starter }))).toContain('Done');
  });
});

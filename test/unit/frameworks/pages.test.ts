import { describe, expect, it } from 'vitest';
import { comparePage } from '../../../src/frameworks/compare.page.ts';
import { differenceOf } from '../../../src/frameworks/difference.ts';
import { frameworksPage } from '../../../src/frameworks/frameworkList.page.ts';
import { fromPresets } from '../../../src/frameworks/fromPreset.ts';
import type { Migration } from '../../../src/frameworks/migration.ts';
import { movePage, movingPage } from '../../../src/frameworks/move.page.ts';
import { presetsPage } from '../../../src/frameworks/presets.page.ts';
import { reachOf } from '../../../src/frameworks/reach.ts';
import { samplePage } from '../../../src/frameworks/sample.page.ts';
import {
  templateEditPage,
  templateVersionPage,
  type TemplateFacts,
} from '../../../src/frameworks/template.page.ts';
import { frameworkOfTemplate, type Template } from '../../../src/frameworks/template.ts';
import { typedTemplate } from '../../../src/frameworks/templateForm.ts';
import { COMPONENT_KEYS } from '../../../src/plans/component.ts';
import { starter } from '../../../src/plans/framework.ts';
import { listPresets, presetsOf } from '../../../src/plans/preset.ts';
import { aPlan, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const HOSTILE = '"><script>alert(1)</script>';
const NOTHING = { advisors: false, families: false, graduationRules: false, inventories: false };

function aTemplate(overrides: Partial<Template> = {}): Template {
  return {
    ...fromPresets(presetsOf(['us-ky-ilp', 'us-wa-hsbp'])),
    id: 't1',
    institution: 'i',
    key: 'k',
    version: 1,
    status: 'draft',
    saved: 0,
    createdAt: NOW,
    changedBy: 'p',
    publishedAt: null,
    retiredAt: null,
    name: `Ours ${HOSTILE}`,
    ...overrides,
  };
}

const first = aTemplate({ id: 't0', status: 'published', publishedAt: NOW });
const draft = aTemplate({ version: 2, reviewsPerYear: 4 });
const counts = [
  { framework: 'k', version: 1, plans: 12 },
  { framework: 'starter', version: 1, plans: 3 },
];

function factsOf(template: Template): TemplateFacts {
  const framework = frameworkOfTemplate(template);
  return {
    template,
    framework,
    templates: [draft, first],
    counts,
    reach: reachOf(framework, NOTHING),
    now: NOW,
  };
}

const aMove = (overrides: Partial<Migration> = {}): Migration => ({
  id: 'm',
  institution: 'i',
  from: { framework: 'starter', version: 1 },
  to: { framework: 'k', version: 1 },
  status: 'running',
  cursor: null,
  moved: 7,
  left: 0,
  by: 'p',
  askedAt: NOW,
  endedAt: null,
  leasedUntil: NOW,
  ...overrides,
});

/** Every page prints, strictly, with words that are words. */
function rendered(view: string, model: Parameters<typeof renderPage>[1]): string {
  const html = renderPage(view, model);
  expect(html).not.toMatch(/<script>alert|undefined|\[object/);
  expect(html.match(/<h1/g)).toHaveLength(1);
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  return html;
}

describe('the list of templates', () => {
  it('shows versions with plans, what new plans get, and what was moved', () => {
    const facts = {
      templates: [draft, first],
      counts,
      chosen: 'k',
      presets: new Map([['us-ky-ilp', 'ILP']]),
      now: NOW,
    };
    const model = frameworksPage(words, { ...facts, moves: [aMove()] });
    expect(model.templates[0]?.versions.map(({ sub }) => sub)).toEqual([
      'Begun October 5, 2026',
      'Since October 5, 2026. 12 plans use it',
    ]);
    expect(model.choose.choices.value).toBe('k');
    expect(model.choose.gone).toBeNull();
    expect(rendered('frameworks/list', model)).toContain('7 plans');
  });

  it('says so when the chosen one has no published version, and when there is none at all', () => {
    const facts = { counts: [], presets: new Map(), moves: [], now: NOW };
    const gone = frameworksPage(words, { ...facts, templates: [draft], chosen: 'k' });
    expect(gone.choose.gone).not.toBeNull();
    expect(gone.choose.choices.value).toBe('starter');
    const none = frameworksPage(words, { ...facts, templates: [], chosen: 'starter' });
    expect(rendered('frameworks/list', none)).toContain('no template of its own yet');
  });
});

describe('the presets', () => {
  const model = presetsPage(words, listPresets(), ['us-ri-ilp']);

  it('are all there, marked unless the rule’s text was read, and keep what was picked', () => {
    expect(model.presets).toHaveLength(29);
    for (const { id, mark } of model.presets) {
      const { evidence } = presetsOf([id])[0]!;
      expect([id, mark === null]).toEqual([id, evidence === 'text']);
      expect([id, mark?.label === 'Secondary source, verify']).toEqual([id, /secondary/.test(evidence)]);
    }
    expect(model.presets.filter(({ checked }) => checked).map(({ id }) => id)).toEqual(['us-ri-ilp']);
    rendered('frameworks/presets', model);
  });

  it('say what each asks for, by when, who signs and where it stands', () => {
    const factsFor = (id: string) =>
      new Map(model.presets.find((one) => one.id === id)?.facts.map(({ label, values }) => [label, values]));
    const kentucky = factsFor('us-ky-ilp');
    expect(kentucky.get('Citation')?.[0]).toContain('704 KAR 3:305');
    expect(kentucky.get('Review')).toContain('Grade 6: established, within 90 days');
    expect(kentucky.get('Mandate')).toEqual(['graduation requirement']);
    expect(
      factsFor('us-ut-pccr')
        .get('Review')
        ?.some((text) => text.startsWith('Grades 7 and 8:')),
    ).toBe(true);
    expect(factsFor('us-va-acp').get('Review')).toContain('Before grade 9: review');
    for (const { id, components } of listPresets()) {
      const facts = factsFor(id);
      const named = [...(facts.get('Required') ?? []), ...(facts.get('Optional') ?? [])];
      expect(named.filter((text) => text !== 'Nothing named')).toHaveLength(components.length);
    }
  });
});

describe('the editor', () => {
  it('has every part there is, in the plan or to be added', () => {
    const model = templateEditPage(words, factsOf(draft));
    const rows = model.sections.flatMap(({ rows, more }) => [...rows, ...(more?.rows ?? [])]);
    expect(rows.map(({ id }) => id as string).toSorted()).toEqual([...COMPONENT_KEYS].toSorted());
    expect(model.reach?.items.length).toBeGreaterThan(2);
    const ids = rendered('frameworks/edit', model);
    const targets = model.reach?.items.map(({ href }) => href).filter((href) => href.startsWith('#')) ?? [];
    expect(targets.filter((href) => !ids.includes(`id="${href.slice(1)}"`))).toEqual([]);
  });

  it('keeps what was typed wrong, and opens the place where it is', () => {
    const typed = typedTemplate(draft);
    typed.parts.capstone.weight = 'x';
    const errors = [{ field: 'weight.capstone', message: 'No number' }];
    const html = rendered('frameworks/edit', templateEditPage(words, factsOf(draft), { typed, errors }));
    expect(html).toContain('value="x"');
    expect(html).toContain('<details class="more-parts" open>');
    expect(html).toContain('<title>Error: ');
  });

  it('shows beside a stale draft what the typed one would change', () => {
    const typed = { ...typedTemplate(draft), name: 'Mine' };
    const framework = frameworkOfTemplate(draft);
    const stale = differenceOf(framework, { ...framework, name: 'Mine' });
    const html = rendered('frameworks/edit', templateEditPage(words, factsOf(draft), { typed, stale }));
    expect(html).toContain('Somebody saved this draft while you wrote');
    expect(html).toContain('value="Mine"');
  });

  it('shows a published version to read only', () => {
    const html = rendered('frameworks/version', templateVersionPage(words, factsOf(first)));
    expect(html).toContain('Open the draft');
    expect(html).toContain('Move plans to this version');
    const retired = { ...first, status: 'retired' as const, retiredAt: NOW };
    const old = templateVersionPage(words, { ...factsOf(retired), templates: [retired] });
    expect([old.move, old.retire]).toEqual([null, null]);
    rendered('frameworks/version', old);
  });
});

describe('comparing, previewing and moving', () => {
  it('names what differs, and asks before publishing what nobody can complete', () => {
    const reach = reachOf(frameworkOfTemplate(draft), NOTHING);
    const model = comparePage(words, { template: draft, other: first, reach, plans: 12 });
    expect(model.groups.flatMap(({ lines }) => lines)).toEqual(['Reviews in a school year: 4 instead of 1']);
    expect(model.publish?.asks).toBe(true);
    expect(rendered('frameworks/compare', model)).toContain('The 12 plans on earlier versions stay there');
    const alone = comparePage(words, {
      template: draft,
      other: null,
      reach: { highest: 100, obstacles: [] },
      plans: 0,
    });
    expect(alone.publish?.asks).toBe(false);
    rendered('frameworks/compare', alone);
    const empty = aTemplate({ components: [] });
    const stopped = comparePage(words, { template: empty, other: null, reach, plans: 0 });
    expect(rendered('frameworks/compare', stopped)).toContain('Switch at least one part on.');
  });

  it('shows the steps of an empty plan, for a grade', () => {
    const framework = frameworkOfTemplate(draft);
    const facts = { template: draft, framework, plan: aPlan(), grade: 5 };
    const model = samplePage(words, facts);
    expect(model.outside).toContain('grades 6 to 12');
    expect(samplePage(words, { ...facts, grade: 9 }).milestones).toEqual([
      'if not level 3/4 in math: plan math in 9 and 10',
    ]);
    expect(rendered('frameworks/sample', model)).not.toContain('href="/plan/');
  });

  it('says who would move and what stays', () => {
    const chosen = {
      from: { framework: 'starter', version: 1 },
      difference: differenceOf(starter, frameworkOfTemplate(first)),
      effects: [{ person: 'p1', before: { done: 1, total: 4 }, after: { done: 0, total: 12 } }],
      next: 'p1',
      isFirst: false,
      movable: 2,
      names: new Map([['p1', HOSTILE]]),
    };
    const others = [{ framework: 'starter', version: 1, plans: 3 }];
    const model = movePage(words, { template: first, templates: [first], others, chosen });
    expect(model.shown?.count).toContain('2 plans can move now. One is being read');
    expect(rendered('frameworks/move', model)).toContain('Move these 2 plans');
    const nobody = movePage(words, { template: first, templates: [first], others: [], chosen: null });
    expect(rendered('frameworks/move', nobody)).toContain('All plans of your school are on this version.');
  });

  it('follows a move while it goes on, and offers to undo it once it is done', () => {
    const facts = { templates: [first], todo: 5, by: HOSTILE, now: NOW };
    expect(rendered('frameworks/moving', movingPage(words, { ...facts, move: aMove() }))).toContain(
      'data-refresh="2"',
    );
    const done = movingPage(words, {
      ...facts,
      by: null,
      move: aMove({ status: 'done', left: 1, endedAt: NOW }),
    });
    const html = rendered('frameworks/moving', done);
    expect(html).not.toContain('data-refresh');
    expect(html).toContain('Undo: move them back');
    expect(done.counts.map(({ label }) => label)).not.toContain('Still to go');
    const undone = movingPage(words, { ...facts, move: aMove({ status: 'undone' }) });
    expect(undone.undo).toBeNull();
  });
});

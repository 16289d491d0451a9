import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EVIDENCE_KINDS,
  isForFamily,
  LIMITS,
  shows,
  standingsOf,
  type Evidence,
} from '../../../src/portfolio/evidence.ts';
import {
  contentOf,
  EvidencePost,
  formOf,
  NewEvidencePost,
  problemsOf,
  showsOther,
  TypedEvidence,
  type EvidenceForm,
} from '../../../src/portfolio/evidenceForm.ts';
import { editEvidencePage, newEvidencePage } from '../../../src/portfolio/evidenceForm.page.ts';
import { evidencePage } from '../../../src/portfolio/evidenceShow.page.ts';
import { hostOf, safeLink } from '../../../src/portfolio/link.ts';
import { portfolioPage, type ListFor, type Shown } from '../../../src/portfolio/portfolio.page.ts';
import { portfolioLines } from '../../../src/portfolio/portfolio.part.ts';
import type { PortfolioFacts } from '../../../src/portfolio/portfolioFacts.ts';
import { paths } from '../../../src/shared/paths.ts';
import { anId, aPlan, NOW, TODAY } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const HOSTILE = `"><script>alert(1)</script><b x='`;
const GOAL = anId();
const ADVISOR = anId();

function evidence(overrides: Partial<Evidence> = {}): Evidence {
  return {
    id: anId(),
    institution: anId(),
    person: anId(),
    kind: 'text',
    title: 'Robot arm sketch',
    reflection: 'I tried three designs before this one.',
    alt: '',
    day: '2026-09-30',
    file: null,
    url: null,
    text: 'Three joints on a round base.',
    goals: [],
    skills: [],
    courses: [],
    tasks: [],
    audience: 'advisor',
    capstone: false,
    confirmedBy: null,
    confirmedAt: null,
    archivedAt: null,
    version: 1,
    createdAt: NOW,
    changedAt: NOW,
    ...overrides,
  };
}

const PHOTO = {
  id: anId(),
  name: 'arm.jpg',
  type: 'jpeg',
  bytes: 250_000,
  width: 1200,
  height: 800,
} as const;
const photo = (overrides: Partial<Evidence> = {}): Evidence =>
  evidence({ kind: 'file', text: '', file: PHOTO, ...overrides });

function facts(items: Evidence[] = []): PortfolioFacts {
  return {
    plan: aPlan(),
    items,
    goals: [{ id: GOAL, label: 'Build a robot arm' }],
    courses: [{ id: anId(), label: 'Robotics' }],
    tasks: [],
    advisors: ['Ottilie Brannigan'],
    names: new Map([[ADVISOR, 'Ottilie Brannigan']]),
    today: TODAY,
    now: NOW,
  };
}

const own = {
  goals: new Set([GOAL]),
  skills: new Set(['communication']),
  courses: new Set<string>(),
  tasks: new Set<string>(),
};
const form = (overrides: Partial<EvidenceForm> = {}): EvidenceForm => ({
  ...formOf(evidence()),
  ...overrides,
});
const problems = (overrides: Partial<EvidenceForm>, kind: Evidence['kind'] = 'text') =>
  problemsOf(form(overrides), kind, { own, today: TODAY }).map(({ field }) => field);

describe('a portfolio counts', () => {
  const told = (items: Evidence[]) =>
    standingsOf(items).map(({ component, credit, verified }) => [component, credit, verified]);

  test('when one piece says what was learned', () => {
    expect(told([])).toEqual([
      ['portfolio', 0, false],
      ['capstone', 0, false],
    ]);
    expect(told([evidence({ reflection: ' ' })])[0]).toEqual(['portfolio', 0.5, false]);
    expect(told([evidence({ reflection: '' }), evidence()])[0]).toEqual(['portfolio', 1, false]);
    expect(told([evidence({ archivedAt: NOW })])[0]).toEqual(['portfolio', 0, false]);
  });

  test('its capstone when it is there, and for the grade when an advisor confirmed it', () => {
    expect(told([evidence({ capstone: true })])[1]).toEqual(['capstone', 1, false]);
    const confirmed = { capstone: true, confirmedAt: NOW, confirmedBy: ADVISOR };
    expect(told([evidence(confirmed)])[1]).toEqual(['capstone', 1, true]);
    expect(told([evidence({ ...confirmed, archivedAt: NOW })])[1]).toEqual(['capstone', 0, false]);
    expect(told([evidence({ capstone: true }), evidence(confirmed)])[1]).toEqual(['capstone', 1, true]);
  });

  test('never less for one piece more', () => {
    const piece = fc.record({ reflection: fc.constantFrom('', 'x'), capstone: fc.boolean() });
    fc.assert(
      fc.property(fc.array(piece), piece, (before, more) => {
        const credits = (list: (typeof more)[]) =>
          standingsOf(list.map((one) => evidence(one))).map(({ credit }) => credit);
        const [a, b] = [credits(before), credits([...before, more])];
        expect(b.every((credit, index) => credit >= (a[index] ?? 0))).toBe(true);
      }),
    );
  });

  test('for a goal, a skill, a course or a task that it names, while it is shown', () => {
    const one = evidence({ goals: ['g'], skills: ['s'], courses: ['c'], tasks: ['t'] });
    for (const of of [{ goal: 'g' }, { skill: 's' }, { course: 'c' }, { task: 't' }]) {
      expect(shows(one, of)).toBe(true);
      expect(shows({ ...one, archivedAt: NOW }, of)).toBe(false);
      expect(shows(evidence(), of)).toBe(false);
    }
  });

  test('for a family only what is shared and shown', () => {
    expect(isForFamily(evidence({ audience: 'family' }))).toBe(true);
    expect(isForFamily(evidence())).toBe(false);
    expect(isForFamily(evidence({ audience: 'family', archivedAt: NOW }))).toBe(false);
  });
});

describe('a link', () => {
  test.each([
    ['https://example.org/a?b=1#c', 'https://example.org/a?b=1#c'],
    ['HTTP://Example.org', 'http://example.org/'],
    [' example.org/page ', 'https://example.org/page'],
    ['example.org:8080/x', 'https://example.org:8080/x'],
    ['https://exämple.org/', 'https://xn--exmple-cua.org/'],
  ])('%j is kept as %j', (typed, kept) => {
    expect(safeLink(typed)).toBe(kept);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'ftp://example.org/',
    'blob:https://example.org/1',
    'https://user:pass@example.org/',
    'https:\\\\example.org',
    'https://localhost/',
    '//example.org',
    'javascript&colon;alert(1)',
    '',
    'words',
    `https://example.org/${'x'.repeat(2_000)}`,
  ])('%j is not taken', (typed) => {
    expect(safeLink(typed)).toBeNull();
  });

  test('of any text is http or https, or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (typed) => {
        const kept = safeLink(typed);
        expect(kept === null || /^https?:\/\/[^/]+\.[^/]+\//.test(kept)).toBe(true);
        expect(kept === null || safeLink(kept) === kept).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(hostOf('https://www.example.org/x')).toBe('example.org');
  });
});

describe('the form', () => {
  test('needs a title, what its kind needs, a day that was, and ties of the student’s own', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ title: ' ', text: '' })).toEqual(['title', 'text']);
    expect(problems({ url: 'javascript:alert(1)' }, 'link')).toEqual(['url']);
    expect(problems({ url: 'https://example.org' }, 'link')).toEqual([]);
    expect(problems({ text: '' }, 'file')).toEqual([]);
    expect(problems({ day: '2026-02-30' })).toEqual(['day']);
    expect(problems({ day: '2026-10-06' })).toEqual(['day']);
    expect(problems({ day: '' })).toEqual([]);
    expect(problems({ day: '2028-02-29' })).toEqual(['day']);
    expect(problems({ goals: [GOAL], skills: ['communication'] })).toEqual([]);
    expect(problems({ goals: [anId()], skills: ['flying'], courses: ['x'], tasks: ['x'] })).toEqual([
      'goals',
      'skills',
      'courses',
      'tasks',
    ]);
  });

  test('counts what is too long, at the border', () => {
    expect(problems({ title: 'x'.repeat(LIMITS.title) })).toEqual([]);
    expect(problems({ title: 'x'.repeat(LIMITS.title + 1) })).toEqual(['title']);
    expect(problems({ reflection: 'x'.repeat(LIMITS.reflection + 1) })).toEqual(['reflection']);
    expect(problems({ text: 'x'.repeat(LIMITS.text + 1) })).toEqual(['text']);
    expect(problems({ alt: 'x'.repeat(LIMITS.alt + 1) }, 'file')).toEqual(['alt']);
  });

  test('takes no field that it does not ask for, and shows any again', () => {
    const post = { kind: 'text', title: 'x', text: 'y', audience: 'family' };
    expect(NewEvidencePost.safeParse(post).success).toBe(true);
    for (const more of ['institution', 'person', 'confirmedBy', 'archivedAt', '_id', 'version'])
      expect(NewEvidencePost.safeParse({ ...post, [more]: 'x' }).success).toBe(false);
    expect(EvidencePost.safeParse({ title: 'x', confirmedAt: 'x' }).success).toBe(false);
    expect(TypedEvidence.parse({ ...post, audience: 'all', goals: { $ne: 1 } })).toMatchObject({
      title: 'x',
      goals: [],
      audience: 'advisor',
    });
    expect(TypedEvidence.parse({ goals: 'a' }).goals).toEqual(['a']);
  });

  test('keeps only what belongs to its kind', () => {
    const all = form({ url: 'https://example.org', text: 'words', alt: 'a cat' });
    expect(contentOf(all, 'link', TODAY)).toMatchObject({ url: 'https://example.org/', text: '', alt: '' });
    expect(contentOf(all, 'text', TODAY)).toMatchObject({ url: null, text: 'words', alt: '' });
    expect(contentOf(all, 'file', TODAY)).toMatchObject({ url: null, text: '', alt: 'a cat' });
    expect(contentOf(form({ day: '' }), 'text', TODAY).day).toBe(TODAY);
  });

  test('takes a confirmation back when what was confirmed changes', () => {
    const stored = evidence({ capstone: true });
    const content = (overrides: Partial<EvidenceForm>) =>
      contentOf({ ...formOf(stored), ...overrides }, 'text', TODAY);
    expect(showsOther(stored, content({ title: 'Other', reflection: 'More' }))).toBe(false);
    expect(showsOther(stored, content({ text: 'Other' }))).toBe(true);
    expect(showsOther(stored, content({ capstone: false }))).toBe(true);
  });
});

describe('the pages', () => {
  const all: Shown = { kind: '', goal: '', skill: '', show: '', page: 1 };
  const to: ListFor = {
    title: 'My portfolio',
    lede: 'Two things.',
    back: null,
    own: true,
    path: paths.portfolio,
    one: paths.evidence,
    none: { title: 'Nothing here yet', text: 'Your work will be here.' },
    undo: null,
  };
  const list = (items: Evidence[], shown: Partial<Shown> = {}, other: Partial<ListFor> = {}) =>
    renderPage(
      'portfolio/list',
      portfolioPage(words, facts(items), { ...all, ...shown }, { ...to, ...other }),
    );

  test('an empty portfolio says what will be here and has one action', () => {
    const html = list([]);
    expect(html).toContain('Nothing here yet');
    expect(html.match(/href="\/portfolio\/new"/g)).toHaveLength(1);
  });

  test('a card has type, day, goal, skills and who sees it', () => {
    const html = list([
      photo({ goals: [GOAL], skills: ['communication'], audience: 'family', alt: 'A robot arm' }),
    ]);
    expect(html).toContain('Photo, September 30, 2026');
    expect(html).toContain('Build a robot arm');
    expect(html).toContain('Ottilie Brannigan, family');
    expect(html).toMatch(/<img class="pic" src="\/evidence\/[0-9a-f]{24}\/picture" alt="A robot arm"/);
    expect(list([evidence()])).toContain('No goal yet');
  });

  test('filters by type, goal and skill, and shows what was put away apart', () => {
    const items = [
      photo(),
      evidence({ title: 'Poem', goals: [GOAL] }),
      evidence({ title: 'Old', archivedAt: NOW }),
    ];
    expect(list(items, { kind: 'picture' })).not.toContain('Poem');
    expect(list(items, { goal: GOAL })).toContain('Poem');
    expect(list(items, { goal: 'none' })).not.toContain('Poem');
    expect(list(items, { skill: 'creativity' })).toContain('Nothing fits these filters');
    expect(list(items)).toContain('One piece is put away');
    const away = list(items, { show: 'archived' });
    expect(away).toContain('Old');
    expect(away).not.toContain('Poem');
  });

  test('is paged by 24', () => {
    const many = Array.from({ length: 25 }, (_, n) => evidence({ title: `Piece ${n}.` }));
    expect(list(many)).toContain('href="/portfolio?page=2"');
    expect(list(many, { page: 2 })).toContain('Piece 24.');
    expect(list(many, { page: 99 })).toContain('Showing 25 to 25 of 25');
  });

  test('one piece shows its file, link or words, and never follows a bad address', () => {
    const show = (one: Evidence) =>
      renderPage('portfolio/show', evidencePage(words, facts([one]), one, { as: 'student' }));
    expect(show(photo())).toContain('There is no description yet');
    expect(show(photo())).toContain('Download arm.jpg');
    const link = show(evidence({ kind: 'link', url: 'https://example.org/x' }));
    expect(link).toContain(
      'href="https://example.org/x" target="_blank" rel="noopener noreferrer nofollow ugc"',
    );
    const bad = show(evidence({ kind: 'link', url: 'javascript:alert(1)' }));
    expect(bad).not.toContain('href="javascript:');
    expect(bad).toContain('This address cannot be opened.');
    expect(show(evidence({ archivedAt: NOW }))).toContain('Bring back');
  });

  test('an advisor confirms a capstone, others only look', () => {
    const one = evidence({ capstone: true });
    const show = (mayConfirm: boolean, overrides: Partial<Evidence> = {}) => {
      const by = { as: 'staff', called: 'Maya', mayConfirm, student: one.person } as const;
      return renderPage('portfolio/show', evidencePage(words, facts([one]), { ...one, ...overrides }, by));
    };
    expect(show(true)).toContain('Confirm as capstone');
    expect(show(false)).not.toContain('Confirm as capstone');
    const done = show(true, { confirmedAt: NOW, confirmedBy: ADVISOR });
    expect(done).toContain('Take the confirmation back');
    expect(done).toContain('Confirmed by Ottilie Brannigan on October 5, 2026');
  });

  const typed = { problems: [], earlier: '', files: [], used: 0, sent: false };

  test.each(EVIDENCE_KINDS)('the form for %s asks what it needs', (kind) => {
    const html = renderPage(
      'portfolio/new',
      newEvidencePage(words, facts(), { ...typed, kind, form: form() }),
    );
    expect(html.includes('enctype="multipart/form-data"')).toBe(kind === 'file');
    expect(html.includes('id="url"')).toBe(kind === 'link');
    expect(html.includes('name="text"')).toBe(kind === 'text');
  });

  test('the file is the last question, so that every word is read before it', () => {
    const html = renderPage(
      'portfolio/new',
      newEvidencePage(words, facts(), { ...typed, kind: 'file', form: form() }),
    );
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    const names = [...main.matchAll(/ name="(\w+)"/g)].map(([, name]) => name);
    expect(names.at(-1)).toBe('file');
  });

  test('hostile words are printed as words everywhere', () => {
    const bad = photo({
      title: HOSTILE,
      reflection: HOSTILE,
      alt: HOSTILE,
      text: HOSTILE,
      url: HOSTILE,
      file: { ...PHOTO, name: HOSTILE },
      capstone: true,
      confirmedAt: NOW,
      confirmedBy: ADVISOR,
    });
    const from = {
      ...facts([bad]),
      goals: [{ id: GOAL, label: HOSTILE }],
      advisors: [HOSTILE],
      names: new Map([[ADVISOR, HOSTILE]]),
    };
    const file = {
      ...PHOTO,
      name: HOSTILE,
      institution: '',
      person: '',
      state: 'kept',
      hash: '',
      at: NOW,
    } as const;
    const again = { ...typed, files: [file], problems: [{ field: 'file', message: HOSTILE }] };
    const bodies = [
      renderPage(
        'portfolio/list',
        portfolioPage(words, from, all, { ...to, undo: { text: HOSTILE, action: '/x', label: HOSTILE } }),
      ),
      renderPage('portfolio/show', evidencePage(words, from, bad, { as: 'student' })),
      renderPage(
        'portfolio/new',
        newEvidencePage(words, from, { ...again, kind: 'file', form: formOf(bad) }),
      ),
      renderPage(
        'portfolio/edit',
        editEvidencePage(words, from, bad, {
          form: formOf(bad),
          kind: 'file',
          problems: [],
          meanwhile: { version: 2, words: HOSTILE, when: HOSTILE },
        }),
      ),
    ];
    for (const html of bodies) expect(html).not.toMatch(/<script>|<b x=/);
  });
});

test('the plan’s part tells each shown piece, and to a family what is shared', () => {
  const items = [
    photo({ audience: 'family', capstone: true }),
    evidence({ archivedAt: NOW }),
    evidence({ title: 'Poem' }),
  ];
  const lines = portfolioLines(words, items);
  expect(lines.map(({ label, audience, material }) => [label, audience, material])).toEqual([
    ['Robot arm sketch', 'family', false],
    ['Poem', 'plan', false],
  ]);
  expect(lines[0]?.text).toContain('arm.jpg');
  expect(lines[0]?.text).toContain('(capstone)');
});

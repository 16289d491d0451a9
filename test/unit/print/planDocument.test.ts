import { describe, expect, it } from 'vitest';
import { planCsv } from '../../../src/print/planCsv.ts';
import { planDocument, type DocumentFacts } from '../../../src/print/planDocument.ts';
import { printPage } from '../../../src/print/print.page.ts';
import type { Signature } from '../../../src/signatures/signature.ts';
import type { ReadPart } from '../../../src/plans/planPart.ts';
import { aGoal, aPart, aPlan, aWholePlan, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const careers: ReadPart = {
  key: 'careers',
  section: 'explore',
  title: 'Careers',
  href: '/explore/careers',
  lines: [
    { id: 'a', label: 'Robotics engineer', text: '=1+1', material: false, audience: 'family' },
    { id: 'b', label: 'Nurse', text: 'Only for staff and me', material: false, audience: 'plan' },
  ],
};
const facts = (overrides: Partial<DocumentFacts> = {}): DocumentFacts => ({
  plan: aWholePlan({ grade: 9 }),
  parts: [careers],
  signatures: [],
  student: 'Maya Okafor',
  school: 'Lakeshore High School',
  planName: 'Individual Learning Plan',
  audience: 'plan',
  now: NOW,
  ...overrides,
});

describe('a plan on paper', () => {
  it('holds every section that says something, in the plan’s order', () => {
    const { sections, eyebrow } = planDocument(words, facts());
    expect(sections.map(({ key }) => key)).toEqual(['about', 'explore', 'goals']);
    expect(eyebrow).toBe('Individual Learning Plan, grade 9, school year 2026–27');
    expect(sections[0]?.blocks[0]).toEqual({
      title: 'My strengths',
      lines: [{ label: '', text: 'I explain things well.' }],
    });
  });

  it('gives a family only what is meant for them', () => {
    const text = JSON.stringify(planDocument(words, facts({ audience: 'family' })));
    expect(text).toContain('Robotics engineer');
    expect(text).not.toContain('Only for staff and me');
  });

  it('is empty for an empty plan, and leaves a let-go goal out', () => {
    const plan = aPlan({ goals: [aGoal({ status: 'dropped' })] });
    expect(planDocument(words, facts({ plan, parts: [] })).sections).toEqual([]);
  });

  it('puts a text under the section of its component', () => {
    const plan = aPlan({ texts: ['literacy', 'arts'] });
    plan.profile.literacy = aPart({ text: 'Save a tenth' });
    plan.profile.arts = aPart({ text: 'Choir' });
    const { sections } = planDocument(words, facts({ plan, parts: [] }));
    expect(sections.map(({ key }) => key)).toEqual(['courses', 'after']);
  });
});

describe('signatures on paper', () => {
  const signature: Signature = {
    id: 's',
    institution: 'i',
    plan: 'p',
    person: 'x',
    revision: 1,
    hash: '4e1c9a07b2d355f8aa',
    place: 0,
    role: 'student',
    required: true,
    state: 'signed',
    was: null,
    requestedAt: NOW,
    viewedAt: NOW,
    settledAt: NOW,
    by: 'x',
    name: 'Maya Okafor',
    reason: null,
    ground: null,
    paperDay: null,
    scan: null,
    voidedAt: null,
  };

  it('say who signed, when, and which copy; and who has not', () => {
    const open: Signature = { ...signature, role: 'family', state: 'requested', settledAt: null, name: null };
    const { signatures } = planDocument(words, facts({ signatures: [signature, open] }));
    expect(signatures).toEqual([
      { name: 'Maya Okafor', role: 'Student', text: 'signed, October 5, 2026. Copy check 4e1c9a07b2d3' },
      { name: '', role: 'Family', text: 'not signed yet' },
    ]);
  });
});

describe('a plan as a table', () => {
  it('escapes what a spreadsheet would run, and begins with a byte order mark', () => {
    const csv = planCsv(words, planDocument(words, facts()));
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(csv).toContain("Robotics engineer,'=1+1");
    expect(csv.split('\r\n')[0]).toContain('Section,Part,What,Text');
  });
});

describe('the print page', () => {
  const links = { back: { href: '/plan', label: 'Back' }, pdf: '/p.pdf', json: '/p.json', csv: '/p.csv' };
  const html = (hasPdf: boolean, overrides: Partial<DocumentFacts> = {}): string =>
    renderPage(
      'print/show',
      printPage(words, planDocument(words, facts(overrides)), links, { own: true, hasPdf }),
    );

  it('offers a PDF where there is a browser to make it, and says so where there is none', () => {
    expect(html(true)).toContain('/p.pdf');
    expect(html(false)).not.toContain('/p.pdf');
    expect(html(false)).toContain('has no browser to make a PDF');
  });

  it('prints the student’s words as words', () => {
    const plan = aWholePlan();
    plan.profile.strengths = aPart({ text: '"><script>alert(1)</script>' });
    expect(html(true, { plan, student: '<b>Maya</b>' })).not.toMatch(/<script>alert|<b>Maya/);
  });
});

import { describe, expect, test } from 'vitest';
import type { Happened } from '../../../src/caseload/history.ts';
import { changesPage } from '../../../src/history/changes.page.ts';
import { historyPage } from '../../../src/history/history.page.ts';
import type { HistoryFacts } from '../../../src/history/historyFacts.ts';
import { contentOf } from '../../../src/plans/snapshot.ts';
import { signatureListPage, type Reader } from '../../../src/signatures/signatureList.page.ts';
import { signaturePage } from '../../../src/signatures/signatureShow.page.ts';
import type { SignatureFacts } from '../../../src/signatures/signatureFacts.ts';
import { aGoal, anId, aWholePlan, NOW, TODAY } from '../../support/build.ts';
import { allTemplates, renderPage, words } from '../views/render.ts';
import { aSignature } from './aSignature.ts';

const HOSTILE = `"><script>alert(1)</script>`;
const RAW = /<script>|alert\(1\)<\/script>/;
type Say = (text: string) => string;

function facts(say: Say, state: 'signing' | 'active' = 'signing'): SignatureFacts {
  const by = anId();
  const plan = aWholePlan({ state, goals: [aGoal({ statement: say('Arm') })] });
  const settled = { by, settledAt: NOW, name: say('Maya') };
  return {
    plan,
    asks: true,
    current: [
      aSignature({ place: 0, state: 'signed', ...settled }),
      aSignature({ place: 1, role: 'family' }),
      aSignature({ place: 2, role: 'advisor' }),
      aSignature({ place: 3, role: 'other', required: false, state: 'viewed', viewedAt: NOW }),
    ],
    earlier: [
      aSignature({ state: 'void', was: 'signed', voidedAt: NOW, revision: 0, ...settled }),
      aSignature({ state: 'declined', reason: say('No'), revision: 0, ...settled }),
      aSignature({ state: 'waived', ground: 'adult', reason: say('18'), revision: 0, ...settled }),
      aSignature({ state: 'paper', paperDay: TODAY, scan: anId(), revision: 0, ...settled }),
    ],
    frozen: {
      revision: 1,
      hash: 'q'.repeat(43),
      at: NOW,
      by,
      undoneAt: null,
      intact: state === 'signing',
      content: contentOf(plan, []),
    },
    names: new Map([[by, say('Rosa Alvarez')]]),
    attempts: 2,
    zone: 'America/Chicago',
  };
}

const readers = (say: Say): Reader[] => [
  { roles: ['student'], student: null },
  { roles: ['advisor', 'administrator'], student: { id: anId(), name: say('Maya Okafor') } },
];

function history(say: Say): HistoryFacts {
  const person = anId();
  const plan = aWholePlan();
  const event = (action: string, more: Partial<Happened> = {}): Happened => ({
    at: NOW,
    actor: person,
    action,
    kind: 'plan',
    object: plan.id,
    changes: [],
    ...more,
  });
  const changes = [{ field: 'text', from: say('old'), to: say('new') }];
  return {
    plan,
    events: [
      event('profile.changed', { kind: 'profile', object: 'values', changes }),
      event('question.asked', { changes: [{ field: 'question', from: null, to: say('Choir?') }] }),
      event('experience.added'),
      event('never.heardOf', { actor: 'system' }),
    ],
    next: NOW,
    versions: [
      { revision: 2, hash: 'a', at: NOW, by: person, undoneAt: null, signed: true },
      { revision: 1, hash: 'b', at: NOW, by: 'gone', undoneAt: NOW, signed: false },
    ],
    lastYear: 1,
    actors: [person, 'system', 'operator'],
    names: new Map([[person, say('Maya')]]),
    zone: 'America/Chicago',
  };
}

function pagesOf(say: Say): [string, string][] {
  const goal = aGoal({ statement: say('Arm') });
  const before = contentOf(aWholePlan({ goals: [goal] }), []);
  const after = contentOf(aWholePlan({ goals: [{ ...goal, statement: say('Two arms') }, aGoal()] }), []);
  const of = { actor: null, before: NOW, now: NOW };
  return readers(say).flatMap((reader): [string, string][] => {
    const who = reader.student ? 'staff' : 'student';
    const { student } = reader;
    const shown = (['signing', 'active'] as const).flatMap((state) => {
      const all = facts(say, state);
      return all.current.map((signature, place): [string, string] => {
        const problems = [{ field: 'decline-reason', message: say('Say why') }];
        const typed = place === 1 ? { problems, typed: { form: 'decline', reason: say('typed') } } : {};
        const given = { ...all, signature, viewerName: say('Rosa'), today: TODAY, ...typed };
        return [
          `show ${state} ${place}, ${who}`,
          renderPage('signatures/show', signaturePage(words, given, reader)),
        ];
      });
    });
    const compared = {
      from: 1,
      to: 'now',
      before,
      after,
      versions: history(say).versions,
      zone: 'UTC',
    } as const;
    return [
      [`list, ${who}`, renderPage('signatures/list', signatureListPage(words, facts(say), reader))],
      [
        `empty list, ${who}`,
        renderPage(
          'signatures/list',
          signatureListPage(words, { ...facts(say), current: [], earlier: [], frozen: null }, reader),
        ),
      ],
      ...shown,
      [`history, ${who}`, renderPage('history/show', historyPage(words, history(say), { student, ...of }))],
      [`changes, ${who}`, renderPage('history/changes', changesPage(words, compared, { student, ...of }))],
    ];
  });
}

describe('the pages of signatures and history', () => {
  const plain = pagesOf(String);

  test.each(plain)('%s prints its words, with one heading, no gap and no id twice', (_, html) => {
    expect(html).not.toMatch(/undefined|\[object|NaN/);
    expect(html.match(/<h1/g)).toHaveLength(1);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const [, target] of html.matchAll(/ (?:for|aria-labelledby)="([^"]+)"/g))
      expect(ids).toContain(target);
  });

  test.each(pagesOf((text) => text + HOSTILE))('%s prints hostile words as words', (_, html) =>
    expect(html).not.toMatch(RAW),
  );

  const of = (name: string): string => plain.find(([one]) => one === name)?.[1] ?? '';

  test('only whose turn it is can sign, with their own account', () => {
    expect(of('list, student')).not.toContain('/open"');
    expect(of('list, staff')).not.toContain('/open"');
    expect(of('show signing 1, staff')).toMatch(/\/paper".*\/waive"/s);
    expect(of('show signing 2, staff')).toContain('It is not your turn yet.');
    expect(of('show signing 1, student')).not.toMatch(/\/paper"|\/waive"|\/decline"/);
  });

  test('a text that is no longer what was frozen is not to be signed', () => {
    expect(of('show active 0, student')).toContain('This version cannot be read as it was approved.');
    expect(of('show signing 0, student')).not.toContain('cannot be read');
  });

  test('an event that nobody wrote a sentence for has one', () => {
    expect(of('history, student')).toContain('changed something in the plan');
    expect(of('history, student')).toMatch(/worked on <b>Experiences<\/b>/);
    expect(of('history, student')).toMatch(/Before: old.*After: new/s);
  });

  test('a comparison names what is new and what changed', () => {
    expect(of('changes, student')).toMatch(/<ins>.*Two/s);
    expect(of('changes, student')).toContain('From Version 1 (October 5, 2026) to The plan as it is now.');
  });

  test('every view of both folders is rendered here', () => {
    const views = allTemplates().filter(({ path }) => /^(?:signatures|history)\/[a-z]/.test(path));
    expect(views.map(({ path }) => path).toSorted()).toEqual([
      'history/changes.ejs',
      'history/show.ejs',
      'signatures/list.ejs',
      'signatures/show.ejs',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { agendaFrom, refilled, type AgendaFacts } from '../../../src/meetings/agenda.ts';
import { attemptsIn } from '../../../src/meetings/contact.ts';
import { agendaWords } from '../../../src/meetings/words.page.ts';
import { aGoal, aPlan, later, NOW, TODAY } from '../../support/build.ts';
import { words } from '../views/render.ts';

function facts(overrides: Partial<AgendaFacts> = {}): AgendaFacts {
  return { plan: aPlan(), selfReview: null, questions: 0, today: TODAY, now: NOW, ...overrides };
}

const kinds = (given: AgendaFacts): string[] => agendaFrom(given).map(({ kind }) => kind);

describe('an agenda', () => {
  it('of an empty plan is what is missing, between welcome and end', () => {
    expect(kinds(facts())).toEqual(['welcome', 'missing', 'close']);
    const item = agendaFrom(facts())[1];
    expect(item && agendaWords(words, item, (key) => key)).toEqual({
      title: 'What the plan still needs',
      note: 'My strengths, What I want to get better at, What I enjoy, and My goal',
    });
  });

  it('brings goals that need a talk first, and none that ended', () => {
    const old = { createdAt: later(-60 * 24 * 60), changedAt: later(-60 * 24 * 60) };
    const goals = [
      aGoal({ statement: 'fine', status: 'agreed' }),
      aGoal({ statement: 'stalled', status: 'agreed', ...old }),
      aGoal({ statement: 'over', status: 'agreed', by: '2026-10-04' }),
      aGoal({ statement: 'asked', asked: true }),
      aGoal({ statement: 'done', status: 'achieved' }),
    ];
    const items = agendaFrom(facts({ plan: aPlan({ goals }) })).filter(({ id }) => id.startsWith('goal:'));
    expect(items.map(({ kind, about }) => [kind, about])).toEqual([
      ['goalAsked', 'asked'],
      ['goalOverdue', 'over'],
      ['goalStalled', 'stalled'],
      ['goal', 'fine'],
    ]);
  });

  it('takes up the look back, asked parts, courses off track and questions', () => {
    const answers = { well: 'word '.repeat(60), hard: 'Getting up', changed: '', next: 'Read' };
    const selfReview = { answers, finished: true, version: 1, changedAt: NOW };
    const standings = [
      { component: 'courses.gradreq' as const, credit: 0.5, verified: false, at: NOW },
      { component: 'wbl' as const, credit: 0.5, verified: false, at: NOW },
    ];
    const plan = aPlan({ askedParts: ['coursePlan'], standings });
    const given = facts({ plan, selfReview, questions: 2 });
    expect(kinds(given)).toEqual([
      'welcome',
      'proud',
      'hard',
      'asked',
      'offTrack',
      'missing',
      'questions',
      'close',
    ]);
    const proud = agendaFrom(given)[1]?.about ?? '';
    expect([proud.length <= 161, proud.endsWith('word…')]).toEqual([true, true]);
  });

  it('filled in again keeps ticks and own points, and drops what the plan no longer says', () => {
    const first = agendaFrom(facts({ questions: 1 })).map((item) => ({
      ...item,
      done: item.kind === 'welcome',
    }));
    const own = { id: 'own1', kind: 'own', about: 'The trip', minutes: 3, done: false } as const;
    const again = refilled([...first.slice(0, -1), own, ...first.slice(-1)], agendaFrom(facts()));
    expect(again.map(({ kind, done }) => [kind, done])).toEqual([
      ['welcome', true],
      ['missing', false],
      ['own', false],
      ['close', false],
    ]);
    expect(refilled(again, agendaFrom(facts()))).toEqual(again);
  });
});

describe('attempts to reach the family', () => {
  it('count by day, in this school year', () => {
    const on = (...days: string[]) => days.map((day) => ({ day }));
    expect(attemptsIn([], 2026, '07-01')).toBe(0);
    const days = on('2026-06-30', '2026-07-01', '2026-07-01', '2027-06-30', '2027-07-01');
    expect(attemptsIn(days, 2026, '07-01')).toBe(2);
  });
});

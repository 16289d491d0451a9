import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addingStep,
  AFTER_KINDS,
  choosing,
  dropping,
  inOrder,
  isMaterial,
  LIMITS,
  nextStepOf,
  ranking,
  removingStep,
  tickingStep,
  type AfterPlan,
  type AfterStep,
} from '../../../src/after/after.ts';
import { afterStandings, resumeStanding } from '../../../src/after/afterStandings.ts';
import {
  addingAid,
  AID_KEYS,
  AID_SOURCES,
  aidTally,
  answerOf,
  dueOf,
  markingAid,
  removingAid,
} from '../../../src/after/aid.ts';
import {
  addingApplication,
  APPLICATION_MOVES,
  APPLICATION_STATUSES,
  archivingApplication,
  byUrgency,
  changingApplication,
  movingApplication,
  sayingNoApplication,
  tickingPart,
  type ApplicationForm,
} from '../../../src/after/application.ts';
import {
  activityLog,
  addingEntry,
  archivingEntry,
  lookingThrough,
  picking,
  RESUME_LIMITS,
  resumeSections,
} from '../../../src/after/resume.ts';
import { anId, later, NOW, outcomeOf } from '../../support/build.ts';
import { aResume, anAfter, anApplication, anEntry, anExperience, anOption } from './anAfter.ts';

const WORDS = { what: 'Nursing', why: 'I like to help.' };
const aStep = (overrides: Partial<AfterStep> = {}): AfterStep => ({
  id: anId(),
  title: 'Visit it',
  due: null,
  doneAt: null,
  ...overrides,
});
const creditOf = (after: AfterPlan, component: string): number | undefined =>
  afterStandings(after).find((one) => one.component === component)?.credit;

describe('an option', () => {
  test('is chosen at the end of the list, and said twice is said once', () => {
    const first = choosing(anAfter(), 'college', WORDS, NOW);
    const both = choosing(first, 'employment', WORDS, NOW);
    expect(both.options.map(({ kind }) => kind)).toEqual(['college', 'employment']);
    expect(choosing(both, 'college', WORDS, later(5))).toBe(both);
  });

  test('needs a reason', () => {
    expect(outcomeOf(() => choosing(anAfter(), 'college', { what: '', why: '' }, NOW))).toBe('Invalid');
  });

  test('that is dropped is kept with its reason and steps, and comes back with them', () => {
    const steps = [aStep()];
    const before = anAfter({ options: [anOption({ steps })] });
    const dropped = dropping(before, 'college', 'Too far away.', NOW);
    expect(dropped.options).toEqual([]);
    expect(dropped.dropped).toMatchObject([{ kind: 'college', reason: 'Too far away.' }]);
    expect(dropping(dropped, 'college', 'Again.', NOW)).toBe(dropped);
    const back = choosing(dropped, 'college', WORDS, later(1));
    expect(back.options[0]?.steps).toEqual(steps);
    expect(back.dropped).toEqual([]);
  });

  test('is not dropped without a reason, nor when it was never chosen', () => {
    const before = anAfter({ options: [anOption()] });
    expect(outcomeOf(() => dropping(before, 'college', '', NOW))).toBe('Invalid');
    expect(outcomeOf(() => dropping(before, 'service', 'No.', NOW))).toBe('Conflict');
  });

  test('moves up and down, and stays at the ends', () => {
    const before = anAfter({ options: [anOption(), anOption({ kind: 'service' })] });
    expect(ranking(before, 'service', 'up').options.map(({ kind }) => kind)).toEqual(['service', 'college']);
    expect(ranking(before, 'college', 'up')).toBe(before);
    expect(ranking(before, 'service', 'down')).toBe(before);
    expect(outcomeOf(() => ranking(before, 'employment', 'up'))).toBe('NotFound');
  });

  test('is material when it comes, goes or names something else; not by rank, reason or steps', () => {
    const before = anAfter({ options: [anOption(), anOption({ kind: 'service' })] });
    expect(isMaterial(anAfter(), before)).toBe(true);
    expect(isMaterial(before, dropping(before, 'college', 'No.', NOW))).toBe(true);
    expect(isMaterial(before, choosing(before, 'college', { ...WORDS, what: 'Law' }, NOW))).toBe(true);
    expect(isMaterial(before, choosing(before, 'college', { ...WORDS, why: 'Because.' }, NOW))).toBe(false);
    expect(isMaterial(before, ranking(before, 'service', 'up'))).toBe(false);
    expect(isMaterial(before, addingStep(before, 'college', aStep()))).toBe(false);
  });
});

describe('its steps', () => {
  test('are read by date, those without one last; the next is the first that is open', () => {
    const late = aStep({ due: '2027-03-01' });
    const soon = aStep({ due: '2026-11-01', doneAt: NOW });
    const open = aStep();
    expect(inOrder([open, late, soon])).toEqual([soon, late, open]);
    expect(nextStepOf({ steps: [open, late, soon] })).toBe(late);
    expect(nextStepOf({ steps: [soon] })).toBeNull();
  });

  test('are ticked, taken back and taken out; the same again changes nothing', () => {
    const step = aStep();
    const before = anAfter({ options: [anOption({ steps: [step] })] });
    const done = tickingStep(before, 'college', step.id, true, NOW);
    expect(done.options[0]?.steps[0]?.doneAt).toBe(NOW);
    expect(tickingStep(done, 'college', step.id, true, later(1))).toBe(done);
    expect(tickingStep(done, 'college', step.id, false, NOW)).toEqual(before);
    const out = removingStep(done, 'college', step.id);
    expect(out.options[0]?.steps).toEqual([]);
    expect(removingStep(out, 'college', step.id)).toBe(out);
    expect(outcomeOf(() => tickingStep(out, 'college', step.id, true, NOW))).toBe('NotFound');
  });

  test('have words and an end', () => {
    const full = anAfter({
      options: [anOption({ steps: Array.from({ length: LIMITS.steps }, () => aStep()) })],
    });
    expect(outcomeOf(() => addingStep(full, 'college', aStep()))).toBe('Invalid');
    const one = anAfter({ options: [anOption()] });
    expect(outcomeOf(() => addingStep(one, 'college', aStep({ title: '' })))).toBe('Invalid');
    expect(outcomeOf(() => addingStep(one, 'service', aStep()))).toBe('NotFound');
  });
});

const FORM: ApplicationForm = {
  where: 'Lakeside College',
  programme: null,
  kind: 'college',
  deadline: '2027-01-15',
  needs: ['essay', 'form'],
};

describe('an application', () => {
  test('starts as planned, its parts in our order, and ends "I will not apply"', () => {
    const before = anAfter({ notApplying: { why: 'A job.', at: NOW } });
    const after = addingApplication(before, anId(), FORM, NOW);
    expect(after.applications).toMatchObject([{ status: 'planning', needs: ['form', 'essay'], done: [] }]);
    expect(after.notApplying).toBeNull();
    expect(outcomeOf(() => addingApplication(before, anId(), { ...FORM, where: '' }, NOW))).toBe('Invalid');
  });

  const PAIRS = APPLICATION_STATUSES.flatMap((from) => APPLICATION_STATUSES.map((to) => ({ from, to })));
  const isLegal = ({ from, to }: (typeof PAIRS)[number]): boolean =>
    from === to || APPLICATION_MOVES[from].includes(to);
  const moved = ({ from, to }: (typeof PAIRS)[number]): AfterPlan => {
    const one = anApplication({ status: from });
    return movingApplication(anAfter({ applications: [one] }), one.id, to, NOW);
  };

  test.each(PAIRS.filter(isLegal))('goes from $from to $to', (pair) => {
    expect(moved(pair).applications).toMatchObject([{ status: pair.to }]);
  });

  test.each(PAIRS.filter((pair) => !isLegal(pair)))('does not go from $from to $to, and says so', (pair) => {
    expect(() => moved(pair)).toThrow(/“.+”, so it cannot become “.+”/);
  });

  test('every status can be reached, and none is a dead end', () => {
    for (const status of APPLICATION_STATUSES) expect(APPLICATION_MOVES[status]).not.toHaveLength(0);
    const reached = new Set(Object.values(APPLICATION_MOVES).flat());
    expect(reached).toEqual(new Set(APPLICATION_STATUSES));
  });

  test('begins with its first tick; a part no longer needed is no longer ready', () => {
    const one = anApplication();
    const before = anAfter({ applications: [one] });
    const ticked = tickingPart(before, one.id, 'essay', true, NOW);
    expect(ticked.applications).toMatchObject([{ status: 'begun', done: ['essay'] }]);
    expect(tickingPart(ticked, one.id, 'essay', true, later(1))).toBe(ticked);
    const less = changingApplication(ticked, one.id, { ...FORM, needs: ['form'] }, NOW);
    expect(less.applications).toMatchObject([{ needs: ['form'], done: [] }]);
    expect(outcomeOf(() => tickingPart(before, one.id, 'fee', true, NOW))).toBe('NotFound');
  });

  test('is listed by deadline while it is open', () => {
    const sent = anApplication({ status: 'sent', deadline: '2026-10-01' });
    const none = anApplication();
    const soon = anApplication({ deadline: '2026-12-01' });
    const later2 = anApplication({ deadline: '2027-02-01', status: 'begun' });
    expect(byUrgency([sent, none, later2, soon])).toEqual([soon, later2, none, sent]);
  });

  test('put away counts nowhere and can be taken back; the list has an end', () => {
    const one = anApplication();
    const away = archivingApplication(anAfter({ applications: [one] }), one.id, true, NOW);
    expect(creditOf(away, 'applications')).toBe(0);
    const none = sayingNoApplication(away, 'A job.', NOW);
    expect(creditOf(none, 'applications')).toBe(1);
    const back = archivingApplication(none, one.id, false, NOW);
    expect(back.notApplying).toBeNull();
    expect(creditOf(back, 'applications')).toBe(1);
    const full = anAfter({
      applications: Array.from({ length: LIMITS.applications }, () => anApplication()),
    });
    expect(outcomeOf(() => addingApplication(full, anId(), FORM, NOW))).toBe('Invalid');
  });

  test('none needs words, and no application', () => {
    expect(outcomeOf(() => sayingNoApplication(anAfter(), '', NOW))).toBe('Invalid');
    const listed = anAfter({ applications: [anApplication()] });
    expect(outcomeOf(() => sayingNoApplication(listed, 'A job.', NOW))).toBe('Invalid');
  });
});

describe('the financial-aid list', () => {
  test('names a source for every step', () => {
    for (const key of AID_KEYS) expect(AID_SOURCES[key].length).toBeGreaterThan(10);
  });

  test('is whole when each step is done or not for me, own ones too', () => {
    const own = { id: anId(), title: 'Ask my aunt' };
    const all = AID_KEYS.reduce(
      (after, key, index) => markingAid(after, key, { answer: index % 2 ? 'done' : 'notForMe' }, NOW),
      anAfter(),
    );
    expect(creditOf(all, 'finance.aid')).toBe(1);
    const more = addingAid(all, own, '2027-01-01', NOW);
    expect(aidTally(more)).toEqual({ answered: AID_KEYS.length, total: AID_KEYS.length + 1 });
    expect(dueOf(more, own.id)).toBe('2027-01-01');
    expect(creditOf(removingAid(more, own.id), 'finance.aid')).toBe(1);
    expect(removingAid(more, 'fafsa')).toBe(more);
  });

  test('the same answer again changes nothing; a step that is not on it does not exist', () => {
    const done = markingAid(anAfter(), 'fafsa', { answer: 'done' }, NOW);
    expect(markingAid(done, 'fafsa', { answer: 'done' }, later(1))).toBe(done);
    expect(markingAid(anAfter(), 'fafsa', { answer: 'todo' }, NOW)).toMatchObject({ aid: [] });
    expect(answerOf(markingAid(done, 'fafsa', { due: '2027-01-01' }, NOW), 'fafsa')).toBe('done');
    expect(outcomeOf(() => markingAid(anAfter(), anId(), { answer: 'done' }, NOW))).toBe('NotFound');
  });

  test('answering steps never takes completion down, and it stays between 0 and 1', () => {
    const answers = fc.array(fc.constantFrom(...AID_KEYS), { maxLength: 40 });
    fc.assert(
      fc.property(answers, (keys) => {
        let [after, credit] = [anAfter(), 0];
        for (const key of keys) {
          after = markingAid(after, key, { answer: 'done' }, NOW);
          const now = creditOf(after, 'finance.aid') ?? -1;
          expect(now).toBeGreaterThanOrEqual(credit);
          expect(now).toBeLessThanOrEqual(1);
          credit = now;
        }
      }),
    );
  });
});

describe('the activity log', () => {
  test('holds experiences and own entries: what goes on first, then the newest', () => {
    const going = anExperience();
    const award = anEntry();
    const skill = anEntry({ kind: 'skill', from: null, to: null });
    const gone = anEntry({ archivedAt: NOW });
    const resume = aResume({ entries: [skill, award, gone], picks: [`e.${award.id}`] });
    const log = activityLog(resume, [going]);
    expect(log.map(({ id }) => id)).toEqual([going.id, award.id, skill.id]);
    expect(log.map(({ picked }) => picked)).toEqual([false, true, false]);
    expect(log[0]?.hours).toBe(3);
  });

  test('puts the picked lines under their headings', () => {
    const [work, award] = [anExperience({ kind: 'internship' }), anEntry()];
    const resume = aResume({ entries: [award], picks: [`x.${work.id}`, `e.${award.id}`] });
    const sections = resumeSections(activityLog(resume, [work, anExperience()]));
    expect(sections.map(({ section, lines }) => [section, lines.length])).toEqual([
      ['work', 1],
      ['award', 1],
    ]);
  });

  test('picks only what is in it, and the same again changes nothing', () => {
    const one = anExperience();
    const before = aResume();
    const log = activityLog(before, [one]);
    const after = picking(before, { picks: [`x.${one.id}`, `x.${anId()}`], profile: 'Me' }, log);
    expect(after).toMatchObject({ picks: [`x.${one.id}`], profile: 'Me' });
    expect(picking(after, { picks: [`x.${one.id}`], profile: 'Me' }, log)).toBe(after);
  });

  test('an own entry goes in by itself, can be put away, and there is an end', () => {
    const { id, archivedAt: _away, ...form } = anEntry();
    const added = addingEntry(aResume(), id, form);
    expect(added.picks).toEqual([`e.${id}`]);
    const away = archivingEntry(added, id, true, NOW);
    expect(activityLog(away, [])).toEqual([]);
    expect(archivingEntry(away, id, true, later(1))).toBe(away);
    const full = aResume({ entries: Array.from({ length: RESUME_LIMITS.entries }, () => anEntry()) });
    expect(outcomeOf(() => addingEntry(full, anId(), form))).toBe('Invalid');
  });

  test('is looked through only when something is in it, and then counts whole', () => {
    const one = anExperience();
    const empty = aResume({ profile: 'Me' });
    const log = activityLog(empty, [one]);
    expect(outcomeOf(() => lookingThrough(empty, log, NOW))).toBe('Invalid');
    expect(resumeStanding(empty, log).credit).toBe(0.5);
    expect(resumeStanding(aResume(), []).credit).toBe(0);
    const picked = picking(empty, { picks: [`x.${one.id}`], profile: 'Me' }, log);
    const inIt = activityLog(picked, [one]);
    const looked = lookingThrough(picked, inIt, NOW);
    expect(resumeStanding(looked, inIt).credit).toBe(1);
    expect(lookingThrough(looked, inIt, later(1))).toBe(looked);
  });
});

describe('the plan after school', () => {
  test('is empty, begun by an option, whole with its step', () => {
    expect(afterStandings(anAfter()).every(({ credit }) => credit === 0)).toBe(true);
    expect(creditOf(anAfter({ options: [anOption()] }), 'postsec.plan')).toBe(0.5);
    const whole = anAfter({ options: [anOption({ steps: [aStep()] })] });
    expect(creditOf(whole, 'postsec.plan')).toBe(1);
  });

  test('stays whole when its last step is done', () => {
    const done = anAfter({ options: [anOption({ steps: [aStep({ doneAt: NOW })] })] });
    expect(creditOf(done, 'postsec.plan')).toBe(1);
  });

  test('any order of legal changes keeps each kind in one place', () => {
    const act = fc.record({
      kind: fc.constantFrom(...AFTER_KINDS),
      what: fc.constantFrom('choose', 'drop', 'up', 'down'),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        let after = anAfter();
        for (const { kind, what } of acts) {
          const next = outcomeOf(() => {
            if (what === 'choose') return choosing(after, kind, WORDS, NOW);
            if (what === 'drop') return dropping(after, kind, 'No.', NOW);
            return ranking(after, kind, what as 'up' | 'down');
          });
          if (typeof next !== 'string') after = next;
          const kinds = [...after.options, ...after.dropped].map((one) => one.kind);
          expect(new Set(kinds).size).toBe(kinds.length);
        }
      }),
    );
  });
});

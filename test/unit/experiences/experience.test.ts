import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { experienceLines } from '../../../src/experiences/experiences.part.ts';
import {
  hoursOf,
  inOrder,
  LIMITS,
  totalsOf,
  type Experience,
  type HoursEntry,
} from '../../../src/experiences/experience.ts';
import { experiencePage } from '../../../src/experiences/experienceEdit.page.ts';
import { newExperiencePage } from '../../../src/experiences/experienceNew.page.ts';
import { ExperiencePost, HoursPost } from '../../../src/experiences/experienceForm.ts';
import { experienceListPage } from '../../../src/experiences/experienceList.page.ts';
import {
  confirming,
  describing,
  loggingHours,
  may,
  missingToSend,
  removingHours,
  returning,
  sending,
  unconfirmedHours,
} from '../../../src/experiences/experienceMove.ts';
import { staffExperiencesPage } from '../../../src/experiences/experienceStaff.page.ts';
import { experienceStandings } from '../../../src/experiences/experienceStanding.ts';
import { opportunitiesPage } from '../../../src/experiences/opportunity.page.ts';
import { isOnOffer, type Opportunity } from '../../../src/experiences/opportunity.ts';
import { aGoal, anId, aPlan, later, NOW, outcomeOf, TODAY } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const HOSTILE = `"><script>alert(1)</script><b x='`;
const by = anId();

function entry(hours: number, day = '2026-09-12'): HoursEntry {
  return { id: anId(), day, hours, note: '' };
}

/** Whole, and not sent yet. */
function anExperience(overrides: Partial<Experience> = {}): Experience {
  return {
    id: anId(),
    institution: anId(),
    person: anId(),
    kind: 'volunteering',
    title: 'Library helper',
    organisation: 'City library',
    from: '2026-09-01',
    to: null,
    hours: [entry(2.5), entry(3.5)],
    supervisor: { name: 'A. Supervisor', contact: 'desk 4' },
    reflection: 'I can explain the printer.',
    skills: ['communication'],
    goal: null,
    opportunity: null,
    state: 'draft',
    confirmed: null,
    asked: null,
    version: 1,
    formVersion: 1,
    createdAt: NOW,
    changedAt: NOW,
    archivedAt: null,
    ...overrides,
  };
}

const confirmed = (one = anExperience()) =>
  confirming(sending(one, NOW), { how: 'slip', by, note: 'In the blue folder' }, later(5));

function anOffer(overrides: Partial<Opportunity> = {}): Opportunity {
  return {
    id: anId(),
    institution: anId(),
    kind: 'internship',
    title: 'Summer in the lab',
    organisation: 'State lab',
    about: 'Help with tests.',
    from: '2027-06-10',
    to: '2027-07-10',
    applyBy: '2027-03-01',
    how: 'Ask in room 12.',
    cluster: null,
    by,
    postedAt: NOW,
    closedAt: null,
    version: 1,
    ...overrides,
  };
}

describe('sending and confirming', () => {
  test('goes draft, submitted, verified, and names the state where it may not', () => {
    const sent = sending(anExperience({ asked: 'x' }), later(1));
    expect([sent.state, sent.asked, sent.version]).toEqual(['submitted', null, 2]);
    const done = confirming(sent, { how: 'supervisor', by, note: ' asked by phone ' }, later(2));
    expect(done).toMatchObject({
      state: 'verified',
      confirmed: { how: 'supervisor', by, note: 'asked by phone', hours: 6 },
    });
    expect(() => confirming(done, { how: 'advisor', by, note: '' }, NOW)).toThrow(
      'This experience is “Confirmed”, so it cannot be confirmed.',
    );
    expect(outcomeOf(() => sending(sent, NOW))).toBe('Conflict');
    expect(outcomeOf(() => sending(anExperience({ archivedAt: NOW }), NOW))).toBe('Conflict');
  });

  test('is given back only with words', () => {
    const sent = sending(anExperience(), NOW);
    expect(outcomeOf(() => returning(sent, '  ', NOW))).toBe('Invalid');
    expect(returning(sent, 'Log the days', NOW)).toMatchObject({ state: 'returned', asked: 'Log the days' });
  });

  test('needs hours, an adult and a reflection at work, and only the facts in a club', () => {
    const bare = {
      organisation: '',
      from: null,
      hours: [],
      reflection: '',
      supervisor: { name: '', contact: '' },
    };
    const fields = (one: Experience) => missingToSend(one).map(({ field }) => field);
    expect(fields(anExperience(bare))).toEqual([
      'organisation',
      'from',
      'supervisorName',
      'supervisorContact',
      'hours',
      'reflection',
    ]);
    expect(fields(anExperience({ ...bare, kind: 'club' }))).toEqual(['organisation', 'from']);
    expect(outcomeOf(() => sending(anExperience(bare), NOW))).toBe('Invalid');
  });
});

describe('a confirmed one', () => {
  test('stays confirmed when hours are added, which can be sent on their own', () => {
    const more = loggingHours(confirmed(), entry(1.25), NOW);
    expect([more.state, unconfirmedHours(more), more.confirmed?.hours]).toEqual(['verified', 1.25, 6]);
    const again = sending(more, NOW);
    expect([again.state, again.confirmed?.hours]).toEqual(['submitted', 6]);
    expect(confirming(again, { how: 'advisor', by, note: '' }, NOW).confirmed?.hours).toBe(7.25);
    expect(outcomeOf(() => sending(confirmed(), NOW))).toBe('Conflict');
  });

  test('stays confirmed with new words, skills or goal', () => {
    const one = confirmed();
    const after = describing(one, { ...one, reflection: 'More', skills: [], goal: anId() }, NOW);
    expect([after.state, after.confirmed?.hours, after.formVersion]).toEqual(['verified', 6, 2]);
  });

  test.each([
    { organisation: 'Elsewhere' },
    { kind: 'service' },
    { from: '2026-08-01' },
    { title: 'Boss' },
  ] as const)('needs a new confirmation after %j', (change) => {
    const one = confirmed();
    expect(describing(one, { ...one, ...change }, NOW)).toMatchObject({ state: 'draft', confirmed: null });
  });

  test('needs one when confirmed hours are taken away, and not for hours added since', () => {
    const one = loggingHours(confirmed(), entry(4, '2026-10-01'), NOW);
    const [newest] = one.hours;
    expect(removingHours(one, newest?.id ?? '', NOW)).toMatchObject({ state: 'verified' });
    const old = one.hours.at(-1)?.id ?? '';
    const fewer = removingHours(removingHours(one, newest?.id ?? '', NOW), old, NOW);
    expect(fewer).toMatchObject({ state: 'draft', confirmed: null });
    expect(removingHours(one, anId(), NOW)).toBe(one);
  });

  test('no sequence of steps leaves it verified without a confirmation of at most its hours', () => {
    const step = fc.constantFrom('send', 'confirm', 'return', 'add', 'remove', 'rename');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        const end = steps.reduce(act, anExperience());
        expect(end.state !== 'verified' || end.confirmed !== null).toBe(true);
        expect(end.confirmed?.hours ?? 0).toBeLessThanOrEqual(hoursOf(end));
        expect(may('confirm', end)).toBe(end.state === 'submitted');
      }),
    );
  });
});

function act(one: Experience, step: string): Experience {
  try {
    switch (step) {
      case 'send':
        return sending(one, NOW);
      case 'confirm':
        return confirming(one, { how: 'advisor', by, note: '' }, NOW);
      case 'return':
        return returning(one, 'Please mend', NOW);
      case 'add':
        return loggingHours(one, entry(0.25), NOW);
      case 'remove':
        return removingHours(one, one.hours[0]?.id ?? '', NOW);
      default:
        return describing(one, { ...one, title: `${one.title}.`.slice(0, 40) }, NOW);
    }
  } catch {
    return one;
  }
}

describe('hours', () => {
  test('add up in quarters and have a limit', () => {
    const many = Array.from({ length: LIMITS.hours }, () => entry(0.25));
    expect(hoursOf({ hours: many })).toBe(50);
    expect(outcomeOf(() => loggingHours(anExperience({ hours: many }), entry(1), NOW))).toBe('Invalid');
  });

  test('per kind, without what was put away', () => {
    const totals = totalsOf([
      confirmed(),
      anExperience(),
      anExperience({ archivedAt: NOW }),
      anExperience({ kind: 'club', hours: [] }),
    ]);
    expect(totals).toEqual([
      { kind: 'volunteering', logged: 12, confirmed: 6 },
      { kind: 'club', logged: 0, confirmed: 0 },
    ]);
    expect(totalsOf([])).toEqual([]);
  });

  test.each([
    ['1.25', 1.25],
    ['0,5', 0.5],
    ['24', 24],
    ['24.25', null],
    ['0', null],
    ['-1', null],
    ['1.1', null],
    ['two', null],
  ])('typed as %s are %s', (hours, expected) => {
    const parsed = HoursPost.safeParse({ do: 'add', day: '2028-02-29', hours, note: '' });
    expect(parsed.success && parsed.data.do === 'add' ? parsed.data.hours : null).toBe(expected);
  });

  test('need a day that exists', () => {
    expect(HoursPost.safeParse({ do: 'add', day: '2027-02-29', hours: '1' }).success).toBe(false);
  });
});

describe('the form', () => {
  const fields = { kind: 'club', title: ' Chess  club ', from: '2026-09-01', to: '' };

  test('reads one skill, several, or those of the two-versions page', () => {
    const skills = (value: unknown) => ExperiencePost.parse({ ...fields, skills: value }).facts.skills;
    expect(skills('teamwork')).toEqual(['teamwork']);
    expect(skills(['teamwork', 'digital'])).toEqual(['teamwork', 'digital']);
    expect(skills('teamwork, digital')).toEqual(['teamwork', 'digital']);
    expect(ExperiencePost.safeParse({ ...fields, skills: 'magic' }).success).toBe(false);
  });

  test('keeps days in order and titles on one line', () => {
    expect(ExperiencePost.parse(fields).facts).toMatchObject({ title: 'Chess club', to: null, goal: null });
    const wrong = ExperiencePost.safeParse({ ...fields, to: '2026-08-31' });
    expect(wrong.error?.issues[0]).toMatchObject({
      path: ['to'],
      message: 'The last day is before the first day.',
    });
    expect(ExperiencePost.safeParse({ ...fields, to: '2026-09-01' }).success).toBe(true);
  });
});

describe('what it is worth', () => {
  const worth = (experiences: Experience[], none: { why: string; at: Date } | null = null) =>
    experienceStandings(experiences, none).map(({ credit, verified }) => [credit, verified]);

  test('work or service: begun, sent, confirmed; what was put away counts for nothing', () => {
    expect(worth([])).toEqual([
      [0, false],
      [0, false],
    ]);
    expect(worth([anExperience()])[0]).toEqual([0.5, false]);
    expect(worth([sending(anExperience(), NOW)])[0]).toEqual([1, false]);
    expect(worth([confirmed(), anExperience()])[0]).toEqual([1, true]);
    expect(worth([{ ...confirmed(), archivedAt: NOW }])[0]).toEqual([0, false]);
    for (const kind of ['internship', 'shadowing', 'service', 'employment'] as const)
      expect(worth([confirmed(anExperience({ kind }))])[0]).toEqual([1, true]);
  });

  test('new hours that wait to be confirmed take nothing away', () => {
    expect(worth([sending(loggingHours(confirmed(), entry(1), NOW), NOW)])[0]).toEqual([1, true]);
    expect(
      worth([returning(sending(loggingHours(confirmed(), entry(1), NOW), NOW), 'Why?', NOW)])[0],
    ).toEqual([1, true]);
  });

  test('activities: one recorded, or the reason for none', () => {
    expect(worth([anExperience({ kind: 'club' })])).toEqual([
      [0, false],
      [1, false],
    ]);
    expect(worth([], { why: 'I work at home', at: NOW })[1]).toEqual([1, false]);
  });
});

describe('the pages', () => {
  const clusters = [{ id: 'health', title: 'Healthcare', does: 'Care.' }];
  const goal = aGoal();
  const plan = aPlan({ goals: [goal] });

  test('the list shows what I did, what it adds up to, and what is on offer', () => {
    const offers = [
      anOffer({ cluster: 'health' }),
      anOffer({ title: 'Long over', applyBy: '2026-10-04' }),
      anOffer({ closedAt: NOW }),
    ];
    const experiences = inOrder([anExperience({ title: `Helper ${HOSTILE}` }), confirmed()]);
    expect(experiences[0]?.confirmed).not.toBeNull();
    const page = experienceListPage(words, {
      experiences,
      none: null,
      opportunities: offers,
      clusters,
      today: TODAY,
    });
    expect(page.totals).toEqual([{ label: 'Volunteering', value: '12 (6 confirmed)' }]);
    expect(page.offers.map(({ title }) => title)).toEqual(['Summer in the lab']);
    const html = renderPage('experiences/list', page);
    expect(html).toContain('None, because…');
    expect(html).toContain('Apply by March 1, 2027');
    expect(html).toContain('Field: Healthcare');
    expect(html).not.toMatch(/<script>|<b x=/);
  });

  test('the list without anything says what will be here; put-away ones can be taken back', () => {
    const none = { why: 'I care for my brother', at: NOW };
    const empty = experienceListPage(words, {
      experiences: [],
      none,
      opportunities: [],
      clusters,
      today: TODAY,
    });
    const html = renderPage('experiences/list', empty);
    expect(html).toContain('Your experiences will be here.');
    expect(html).toContain('I care for my brother');
    const away = [anExperience({ archivedAt: NOW, kind: 'club' })];
    const list = experienceListPage(words, {
      experiences: away,
      none: null,
      opportunities: [],
      clusters,
      today: TODAY,
    });
    expect(renderPage('experiences/list', list)).toContain('Put away (1)');
    expect(list.noActivity).not.toBeNull();
  });

  test('a new one from an offer is filled in', () => {
    const html = renderPage('experiences/new', newExperiencePage(words, anOffer()));
    expect(html).toContain('value="Summer in the lab"');
    expect(html).toMatch(/value="internship"[^>]* checked/);
  });

  test('one shows its hours, who confirmed it, and what can be done next', () => {
    const facts = { plan, confirmer: 'Ms. Alvarez', today: TODAY, now: NOW };
    const done = { ...facts, experience: loggingHours(confirmed(), entry(1), NOW) };
    const html = renderPage('experiences/edit', experiencePage(words, done));
    expect(html).toContain(
      'Ms. Alvarez saw a signed slip and confirmed 6 hours on October 5, 2026. In the blue folder',
    );
    expect(html).toContain('1 hour is not confirmed yet.');
    expect(html).toContain('Send the new hours');
    const asked = { ...facts, experience: anExperience({ state: 'returned', asked: `Log ${HOSTILE}` }) };
    const returned = renderPage('experiences/edit', experiencePage(words, asked));
    expect(returned).toContain('Your advisor asks for a change');
    expect(returned).not.toMatch(/<script>|<b x=/);
    const problem = {
      form: 'send',
      fields: [{ field: 'hours', message: 'Log at least one entry of hours.' }],
    } as const;
    const refused = experiencePage(words, { ...facts, experience: anExperience({ hours: [] }) }, problem);
    expect(refused.errors).toEqual([{ field: 'day', message: 'Log at least one entry of hours.' }]);
    expect(renderPage('experiences/edit', refused)).toContain('<a href="#day">');
  });

  test('staff see the supervisor and decide on what waits; an administrator only reads', () => {
    const student = { id: anId(), name: 'Maya Okafor' };
    const experiences = [anExperience(), sending(anExperience({ goal: goal.id }), NOW)];
    const facts = { student, plan, experiences, none: null, names: new Map([[by, 'A B']]), mayDecide: true };
    const page = staffExperiencesPage(words, facts);
    expect(page.cards.map(({ decide }) => decide !== null)).toEqual([true, false]);
    const html = renderPage('experiences/staff', page);
    for (const text of ['A. Supervisor, desk 4', 'I saw a signed paper slip', 'Build a robot arm'])
      expect(html).toContain(text);
    const read = staffExperiencesPage(words, { ...facts, mayDecide: false });
    expect(renderPage('experiences/staff', read)).not.toContain('action="/students/');
    const typed = { how: '', note: 'n', reason: '' };
    const id = experiences[1]?.id ?? '';
    const fields = [{ field: 'how', message: 'Say how you know.' }];
    const refused = staffExperiencesPage(words, facts, { experience: id, form: 'confirm', fields, typed });
    const shown = renderPage('experiences/staff', refused);
    expect(shown).toContain(`href="#how-${id}"`);
    expect(shown).toContain(`id="how-${id}"`);
    const none = staffExperiencesPage(words, { ...facts, experiences: [], none: { why: 'Chores', at: NOW } });
    expect(renderPage('experiences/staff', none)).toContain('No activity outside class, because: Chores');
  });

  test('an opportunity is on offer through its last day to apply, else through its end', () => {
    const until = (over: Partial<Opportunity>, day: string) => isOnOffer(anOffer(over), day);
    expect(until({}, '2027-03-01')).toBe(true);
    expect(until({}, '2027-03-02')).toBe(false);
    expect(until({ applyBy: null }, '2027-07-10')).toBe(true);
    expect(until({ applyBy: null, to: null }, '2099-01-01')).toBe(true);
    expect(until({ closedAt: NOW }, '2027-01-01')).toBe(false);
  });

  test('staff change and close what they posted; an administrator closes anyone’s', () => {
    const open = [anOffer(), anOffer({ by: anId(), title: 'Other' })];
    const facts = { open, viewer: { person: by, administrator: false }, clusters, today: TODAY };
    const page = opportunitiesPage(words, facts, null);
    expect([page.mine.lines.length, page.others.map(({ close }) => close)]).toEqual([1, [null]]);
    const admin = opportunitiesPage(words, { ...facts, viewer: { person: by, administrator: true } }, null);
    expect(admin.others[0]?.close?.action).toContain('/admin/opportunities/');
    expect(renderPage('experiences/opportunities', admin)).toContain('Post an opportunity');
    expect(
      renderPage('experiences/opportunities', opportunitiesPage(words, facts, open[0] ?? null)),
    ).toContain('Save changes');
  });

  test('the part tells families what was done, and keeps contact and reflection from them', () => {
    const lines = experienceLines(words, [confirmed()], { why: 'Chores', at: NOW });
    expect(lines.map(({ audience }) => audience)).toEqual(['family', 'plan', 'family']);
    expect(lines[0]?.text).toBe('Volunteering at City library. 6 hours. Confirmed. From September 1, 2026.');
    expect(JSON.stringify(lines)).not.toContain('desk 4');
  });
});

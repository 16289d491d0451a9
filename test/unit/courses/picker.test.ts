import { describe, expect, it } from 'vitest';
import { contentItemOf } from '../../../src/lti/deepLinkItem.ts';
import { choicesFrom, PickerForm, PickerQuery } from '../../../src/lti/deepLinkChoice.ts';
import {
  closedPage,
  pickerPage,
  refusedPage,
  type PickerFacts,
} from '../../../src/lti/deepLinkPicker.page.ts';
import { Invalid } from '../../../src/shared/errors.ts';
import { endOfDay, parseDay } from '../../../src/tasks/dueDate.ts';
import { listTemplates } from '../../../src/tasks/template.ts';
import { aLink } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const rules = { zone: 'America/New_York', today: '2026-10-05', multiple: true };
const query = (fields: Record<string, unknown> = {}): PickerQuery => PickerQuery.parse(fields);

function facts(overrides: Partial<PickerFacts> = {}): PickerFacts {
  return {
    action: '/lti/deep-link/1',
    course: 'Advisory, period 2',
    lms: 'Canvas',
    family: 'canvas',
    multiple: true,
    withColumn: true,
    templates: listTemplates(),
    inCourse: new Set(),
    query: query(),
    ...overrides,
  };
}

function problems(fields: Record<string, unknown>, multiple = true): string[] {
  try {
    choicesFrom(query(fields), { ...rules, multiple });
    return [];
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return error.fields.map(({ field }) => field);
  }
}

describe('a choice of tasks', () => {
  it('takes points and due date of what was ticked, and nothing else', () => {
    const choices = choicesFrom(
      query({
        task: ['life-goal', 'interests'],
        'points.interests': '',
        'points.life-goal': '25',
        'due.life-goal': '2026-10-23',
        'points.service-hours': 'much',
      }),
      rules,
    );
    expect(choices).toEqual([
      { template: 'interests', points: 10, dueAt: null },
      { template: 'life-goal', points: 25, dueAt: new Date('2026-10-24T03:59:59Z') },
    ]);
  });

  it('names each field that does not fit', () => {
    expect(problems({})).toEqual(['task']);
    expect(problems({ task: ['interests', 'life-goal'] }, false)).toEqual(['task']);
    expect(problems({ task: 'interests', 'points.interests': '0' })).toEqual(['points.interests']);
    expect(problems({ task: 'interests', 'points.interests': '2.5' })).toEqual(['points.interests']);
    expect(problems({ task: 'interests', 'due.interests': '2026-02-30' })).toEqual(['due.interests']);
    expect(problems({ task: 'interests', 'due.interests': '2026-10-04' })).toEqual(['due.interests']);
    expect(problems({ task: 'interests', 'due.interests': '2026-10-05' })).toEqual([]);
  });

  it('refuses fields that no template has', () => {
    expect(PickerForm.safeParse({ do: 'add', 'points.other': '1' }).success).toBe(false);
    expect(PickerForm.safeParse({ do: 'add', task: 'interests', 'points.interests': '3' }).success).toBe(
      true,
    );
  });
});

describe('due dates', () => {
  it('end with the school’s day, also when clocks change', () => {
    expect(endOfDay('2026-11-01', 'America/New_York')).toEqual(new Date('2026-11-02T04:59:59Z'));
    expect(endOfDay('2026-10-31', 'America/New_York')).toEqual(new Date('2026-11-01T03:59:59Z'));
  });

  it('are days that exist', () => {
    expect(['2026-02-29', '2028-02-29', '1.2.2026', ''].map(parseDay)).toEqual([
      null,
      '2028-02-29',
      null,
      null,
    ]);
  });
});

describe('the picker', () => {
  it('shows what fits the search, and keeps what is chosen in sight', () => {
    const page = pickerPage(
      words,
      facts({
        query: query({ q: 'career', grade: '9', task: 'service-hours', 'points.service-hours': '7' }),
      }),
    );
    const shown = page.items.map(({ value }) => value);
    expect(shown).toContain('compare-careers');
    expect(shown).toContain('service-hours');
    expect(shown).not.toContain('interests');
    expect(page.items.find(({ value }) => value === 'service-hours')).toMatchObject({
      checked: true,
      points: { value: '7' },
    });
    expect(page.list).toMatchObject({
      title: 'Tasks for grade 9',
      tally: expect.stringMatching(/, 1 chosen$/),
    });
  });

  it('finds nothing for grade 6 that begins in grade 9', () => {
    const { items } = pickerPage(words, facts({ query: query({ grade: '6' }) }));
    expect(items.map(({ value }) => value)).not.toContain('service-hours');
  });

  it('is a list of radio buttons where the place takes one task', () => {
    const html = renderPage('deepLink/picker', pickerPage(words, facts({ multiple: false })));
    expect(html).toContain('type="radio"');
    expect(html).not.toContain('type="checkbox"');
    expect(html).toContain('Add the chosen task');
  });

  it('says what the LMS does, by its manners', () => {
    const stepsOf = (one: Partial<PickerFacts>): string => pickerPage(words, facts(one)).next.steps.join(' ');
    expect(stepsOf({})).toContain('unpublished');
    expect(stepsOf({ family: 'moodle' })).toContain('Save it there');
    expect(stepsOf({ withColumn: false })).toContain('without a grade column');
    const moodle = pickerPage(words, facts({ family: 'moodle', lms: 'Moodle' }));
    expect(moodle.items[0]?.dueNote).toContain('Moodle does not take the date over');
  });

  it('shows what is wrong at its field', () => {
    const errors = [{ field: 'points.interests', message: 'Too many' }];
    const html = renderPage(
      'deepLink/picker',
      pickerPage(words, facts({ errors, query: query({ task: 'interests', 'points.interests': '5000' }) })),
    );
    expect(html).toContain('href="#points.interests"');
    expect(html).toContain('id="points.interests-e"');
    expect(html).toContain('value="5000"');
    expect(html).toContain('<title>Error: Add plan tasks');
  });

  it('marks what the course has, and says so when nothing fits', () => {
    const marked = pickerPage(words, facts({ inCourse: new Set(['interests']) }));
    expect(marked.items.filter(({ mark }) => mark).map(({ value }) => value)).toEqual(['interests']);
    const none = pickerPage(words, facts({ query: query({ q: 'zebra' }) }));
    expect(renderPage('deepLink/picker', none)).toContain('No task fits');
  });

  it('says plainly when the place takes no links, when it was answered, and when nobody advises there', () => {
    const refused = refusedPage(words, { action: '/x', why: 'noLinks', lms: 'your LMS', course: 'Math' });
    expect(renderPage('deepLink/refused', refused)).toContain('Your LMS takes other things here');
    const other = refusedPage(words, { action: '/x', why: 'notAdvisory', lms: 'Canvas', course: 'Math' });
    expect(renderPage('deepLink/refused', other)).toContain('the teachers of Math are not advisors');
    expect(renderPage('deepLink/closed', closedPage(words))).toContain('start again there');
  });
});

describe('a content item', () => {
  const options = { text: 'A reflection.', launchUrl: 'https://tool.example/lti/launch', withColumn: true };

  it('carries the task’s own id and asks for its own column', () => {
    const link = aLink({ points: 20, dueAt: new Date('2026-10-24T03:59:59Z') });
    expect(contentItemOf(link, options)).toEqual({
      url: options.launchUrl,
      title: link.title,
      text: options.text,
      custom: { waymark_link: link.uuid },
      lineItem: {
        label: link.title,
        scoreMaximum: 20,
        resourceId: `waymark:task:${link.uuid}`,
        tag: 'waymark',
      },
      dueAt: link.dueAt,
    });
  });

  it('asks for no column where none is taken', () => {
    expect(contentItemOf(aLink(), { ...options, withColumn: false })).not.toHaveProperty('lineItem');
  });
});

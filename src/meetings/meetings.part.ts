import { findPlan } from '../plans/plan.service.ts';
import type { PartLine, PlanPart } from '../plans/planPart.ts';
import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { reviewsOf } from './change.service.ts';
import { listCycles } from './cycle.store.ts';
import { QUESTION_KEYS, type ReviewCycle } from './cycle.ts';
import { listMeetings } from './meeting.store.ts';
import { MEETING_LABEL, type Meeting } from './meeting.ts';
import { listQuestions } from './question.store.ts';
import { peopleOf, schoolFormat } from './words.page.ts';

/** This cycle's look back and family's words, and this school year's meetings with what they agreed. */
export const meetingsPart: PlanPart = {
  key: 'reviews',
  section: 'reviews',
  title: ({ t }) => t('meetings.part'),
  href: paths.meetings,
  read: async ({ institution, person }, words) => {
    const plan = await findPlan(institution, person);
    if (!plan) return [];
    const { cycle, meetings, zone } = await reviewsOf(plan, new Date());
    const own = meetings.filter(({ year, state }) => year === cycle.year && state !== 'cancelled');
    return [...cycleLines(words, cycle), ...own.flatMap((meeting) => meetingLines(words, meeting, zone))];
  },
  records: async ({ institution, person }) => ({
    cycles: await listCycles(institution, person),
    meetings: await listMeetings(institution, person),
    questions: await listQuestions(institution, person),
  }),
};

function cycleLines(
  { t, fmt }: Words,
  { selfReview, family, advisor, year, period }: ReviewCycle,
): PartLine[] {
  const id = (name: string): string => `${year}.${period}.${name}`;
  const answered = QUESTION_KEYS.filter((key) => selfReview.finished && selfReview.answers[key] !== '');
  return [
    ...answered.map((key) =>
      line(id(key), t(`meetings.selfReview.${key}`), selfReview.answers[key], 'family'),
    ),
    ...(family
      ? [
          line(
            id('family'),
            t('meetings.heard.family', { day: fmt.date(family.toldOn) }),
            family.text,
            'family',
          ),
        ]
      : []),
    ...(advisor ? [line(id('advisor'), t('meetings.heard.advisorStaff'), advisor.text, 'family')] : []),
  ];
}

function meetingLines(words: Words, meeting: Meeting, zone: string): PartLine[] {
  const { t } = words;
  const day = schoolFormat(words, zone).date(meeting.startsAt);
  const { id, attendees, decisions, followUps } = meeting;
  const text = t('meetings.line.meetingText', {
    state: t(MEETING_LABEL[meeting.state]),
    people: peopleOf(words, attendees),
  });
  return [
    line(id, t('meetings.line.meeting', { day }), text, 'family'),
    ...decisions.map((one) => line(one.id, t('meetings.line.decision', { day }), one.text, 'family')),
    ...followUps.map((one) => line(one.id, t('meetings.line.followUp', { day }), one.text, 'family')),
  ];
}

function line(id: string, label: string, text: string, audience: PartLine['audience']): PartLine {
  return { id, label, text, material: false, audience };
}

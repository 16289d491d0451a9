import type { MessageKey } from '../shared/i18n.ts';
import type { Words } from '../shared/page.ts';
import type { Course } from './course.ts';

/** The state of a roster in words. */
export function rosterText({ t, fmt }: Words, course: Course, lms: string, now: Date): string {
  const { status, at, members, problem } = course.roster;
  const when = at ? fmt.moment(at, now) : '';
  if (course.nrpsUrl === null) return t('courses.roster.none', { lms: capital(lms) });
  switch (status) {
    case 'never':
      return t('courses.roster.never');
    case 'running':
      return t('courses.roster.running');
    case 'complete':
      return t('courses.roster.complete', { when, count: members });
    case 'failed':
      return t('courses.roster.failed', { when, why: t(whyOf(problem), { lms: capital(lms) }) });
    case 'needs-a-person':
      return t('courses.roster.half.title');
  }
}

/** What the roster run wrote down: `lms.` and the reason of the failed call. */
const WHY: Readonly<Record<string, MessageKey>> = {
  'lms.unreachable': 'courses.roster.why.unreachable',
  'lms.timeout': 'courses.roster.why.timeout',
  'lms.throttled': 'courses.roster.why.busy',
  'lms.unauthorized': 'courses.roster.why.notAllowed',
  'lms.missing-scope': 'courses.roster.why.notAllowed',
  'lms.forbidden': 'courses.roster.why.notAllowed',
  'lms.not-found': 'courses.roster.why.gone',
  'lms.bad-answer': 'courses.roster.why.badAnswer',
  'lms.too-large': 'courses.roster.why.badAnswer',
  'lms.blocked-origin': 'courses.roster.why.blocked',
  'lms.redirected': 'courses.roster.why.blocked',
};

function whyOf(problem: string | null): MessageKey {
  return (problem === null ? undefined : WHY[problem]) ?? 'courses.roster.why.other';
}

/** The first word of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

import type { Words, PageModel } from '../shared/page.ts';
import type { Action, Chip, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { COMPONENTS, type ComponentKey } from './component.ts';
import type { Framework } from './framework.ts';
import { placeOf } from './homeHello.page.ts';
import { isComponent, missingThings, settledThings, type MissingThing } from './missingList.ts';
import { evidenceMark } from './preset.ts';
import type { Plan } from './plan.ts';
import { STAFF_PLACE } from './staffPlaces.ts';

interface MissingItem {
  key: string;
  title: string;
  status: Chip;
  must: string;
  /** Label and value: done when, by when, whose turn. */
  facts: { label: string; value: string }[];
  reasons: { text: string; sources: string | null; mark: Chip | null }[];
  action: Action | null;
}

/** Everything a plan still needs, with why, by when and whose turn; and what is done. */
export interface MissingPage extends PageModel {
  head: Head;
  left: string;
  by: string;
  none: string | null;
  items: MissingItem[];
  done: { title: string; note: string | null }[];
  milestones: string[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'plans/missing': MissingPage;
  }
}

export interface MissingFacts {
  plan: Plan;
  framework: Framework;
  /** Last day of the review period that runs, in the school's zone. */
  until: string;
  milestones: readonly { grade: number | null; what: string }[];
  /** Staff reads about this student; null: the student reads. */
  student: { id: string; name: string } | null;
}

export function missingPage(words: Words, facts: MissingFacts): MissingPage {
  const { t, fmt } = words;
  const { plan, framework, until, milestones, student } = facts;
  const things = missingThings(plan, framework);
  const title = student ? t('missing.titleOf', { name: student.name }) : t('missing.title');
  return {
    title,
    styles: 'wide',
    head: headOf(words, student, title),
    left: t('missing.left', { count: things.length }),
    by: t('missing.byWhy', {
      day: fmt.date(until),
      name: framework.name,
      count: framework.reviewsPerYear,
    }),
    none: things.length > 0 ? null : t(student ? 'missing.noneStaff' : 'missing.none'),
    items: things.map((thing) => itemOf(words, facts, thing)),
    done: settledThings(plan, framework).map(({ key, exempt }) => ({
      title: t(COMPONENTS[key].label),
      note: exempt === null ? null : t('missing.exempt', { reason: exempt }),
    })),
    milestones: milestones.map(({ grade, what }) =>
      grade === null ? what : t('missing.milestone', { grade, what }),
    ),
  };
}

function headOf({ t }: Words, student: MissingFacts['student'], title: string): Head {
  const back = student
    ? { href: paths.student(student.id), label: t('missing.backTo', { name: student.name }) }
    : { href: paths.plan, label: t('missing.back') };
  return { title, back, lede: t(student ? 'missing.ledeStaff' : 'missing.lede') };
}

const STATUS = {
  empty: { tone: 'quiet', icon: 'circle' },
  unfinished: { tone: 'now', icon: 'half' },
  changeAsked: { tone: 'warn', icon: 'warn' },
  notVerified: { tone: 'review', icon: 'eye' },
  gate: { tone: 'quiet', icon: 'clock' },
} as const satisfies Record<MissingThing['why'], Omit<Chip, 'label'>>;

function itemOf(words: Words, facts: MissingFacts, thing: MissingThing): MissingItem {
  const { t } = words;
  const { title, rule } = namedOf(words, thing);
  const by = t('missing.by', { day: words.fmt.date(facts.until) });
  const turn = turnOf(words, facts, thing);
  return {
    key: thing.key,
    title,
    status: { label: t(`missing.state.${thing.why}`), ...STATUS[thing.why] },
    must: [t(thing.required ? 'missing.required' : 'missing.optional'), by, ...minutesOf(words, thing)].join(
      ' · ',
    ),
    facts: [
      { label: t('missing.when'), value: rule },
      { label: t('missing.whoLabel'), value: turn },
    ],
    reasons: reasonsOf(words, facts.framework, thing),
    action: actionOf(words, facts, thing, title),
  };
}

function minutesOf({ t }: Words, { minutes, turn }: MissingThing): string[] {
  return minutes > 0 && turn !== 'advisor' ? [t('missing.minutes', { count: minutes })] : [];
}

function namedOf({ t }: Words, { key }: MissingThing): { title: string; rule: string } {
  if (isComponent(key)) return { title: t(COMPONENTS[key].label), rule: t(COMPONENTS[key].rule) };
  return key === 'signatures'
    ? { title: t('missing.signatures'), rule: t('missing.signaturesRule') }
    : { title: t('missing.approval'), rule: t('missing.approvalRule') };
}

function turnOf(
  { t, fmt }: Words,
  { framework, student }: MissingFacts,
  { key, turn }: MissingThing,
): string {
  if (key === 'signatures') {
    const roles = framework.signatures.filter(({ required }) => required);
    return t('missing.who.signers', {
      list: fmt.list(roles.map(({ role }) => t(`frameworks.role.${role}`))),
    });
  }
  return t(student ? `missing.who.${turn}Staff` : `missing.who.${turn}`);
}

/** The framework by its name, then each preset that asks, with its citation; else the school. */
function reasonsOf(
  { t, fmt }: Words,
  { name }: Framework,
  { askedBy }: MissingThing,
): MissingItem['reasons'] {
  const own = { text: t('missing.framework', { name }), sources: null, mark: null };
  if (askedBy.length === 0) return [own, { text: t('missing.school'), sources: null, mark: null }];
  const rules = askedBy.map(({ preset, required }) => {
    const mark = evidenceMark(preset);
    const place = preset.jurisdiction;
    return {
      text: t(required ? 'missing.requires' : 'missing.recommends', { preset: preset.name, place }),
      sources: t('missing.source', { list: fmt.list(preset.sources) }),
      mark:
        mark === 'read'
          ? null
          : ({ label: t(`frameworks.mark.${mark}`), tone: 'warn', icon: 'warn' } as const),
    };
  });
  return [own, ...rules];
}

function actionOf(
  words: Words,
  { plan, student }: MissingFacts,
  { key, why, turn }: MissingThing,
  title: string,
): Action | null {
  const { t } = words;
  if (student)
    return { label: t('missing.look'), more: title, href: staffPlace(student.id, key), iconEnd: 'right' };
  if (key === 'advisorApproval' || why === 'notVerified') return null;
  if (!isComponent(key)) return { label: t('missing.look'), more: title, href: paths.signatures };
  const label = turn === 'advisor' ? t('missing.look') : t('missing.go');
  return { label, more: title, href: placeOf(plan, key), iconEnd: 'right' };
}

/** Where staff look at a feature's records of a student; the rest stands in the review. */
function staffPlace(person: string, key: MissingThing['key']): string {
  if (key === 'signatures') return paths.studentSignatures(person);
  const part = isComponent(key) ? COMPONENTS[key satisfies ComponentKey].part : null;
  return (part && STAFF_PLACE[part]?.(person)) ?? paths.review(person);
}

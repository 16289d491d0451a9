import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { COMPONENTS, COMPONENT_KEYS, type ComponentKey } from './component.ts';
import { TEXTS_OF } from './credit.ts';
import { isText, partOf, type Plan, type PlanSection } from './plan.ts';
import { sectionName } from './review.ts';
import { anchorOf, type ReviewFacts } from './reviewFacts.ts';
import { sectionTexts, type SectionText } from './sectionText.ts';

/** Check answers before sending: each part as the advisor will read it, with a way to change it. */
export interface SubmitPage extends PageModel {
  head: Head;
  parts: SubmitPart[];
  errors: readonly FieldError[];
  intro: string;
  action: string;
  send: Action;
  next: string;
}

interface SubmitPart {
  id: string;
  label: string;
  lines: readonly { label: string | null; text: string }[];
  steps: readonly { done: boolean; label: string; date: string }[];
  change: Action;
}

declare module '../shared/page.ts' {
  interface Pages {
    'plans/submit': SubmitPage;
  }
}

type Parts = ReviewFacts['parts'];

export interface SubmitFacts {
  plan: Plan;
  /** What the features' parts say. */
  parts: Parts;
  advisor: string;
  /** Each names a component that is not ready. */
  problems?: readonly FieldError[];
}

export function submitPage(words: Words, { plan, parts, advisor, problems = [] }: SubmitFacts): SubmitPage {
  const { t } = words;
  const title = t('submit.title');
  const written = sectionTexts(words, { plan, parts }, null).map((text) =>
    partOfPage(words, plan, parts, text),
  );
  const errors = problems.map(({ field, message }) => ({ field: placeOf(plan, field), message }));
  const shown = new Set(written.map(({ id }) => id));
  const empty = [...new Set(['agreedGoal', ...problems.map(({ field }) => field)])]
    .filter(isComponent)
    .filter((key) => !shown.has(placeOf(plan, key)))
    .map((key) => emptyPart(words, key));
  return {
    title,
    head: { title, lede: t('submit.lede', { advisor }), back: { href: paths.plan, label: t('part.back') } },
    parts: [...written, ...empty],
    errors,
    intro: t('submit.toFix', { count: errors.length }),
    action: paths.submitPlan,
    send: { label: t('submit.send', { advisor }), kind: 'primary', large: true, icon: 'send' },
    next: t('submit.next', { advisor }),
  };
}

function partOfPage(
  words: Words,
  plan: Plan,
  parts: Parts,
  { section, lines, steps }: SectionText,
): SubmitPart {
  const { t } = words;
  const label = sectionName(plan, section, t);
  return {
    id: anchorOf(section),
    label,
    // A text has one line: its heading says what it is.
    lines: lines.map((line) => ({
      label: isText(section) ? null : line.label,
      text: plainText(line.pieces) || t('part.nothing'),
    })),
    steps: steps.map(({ done, label: step, date }) => ({
      done,
      label: plainText(step),
      date: plainText(date),
    })),
    change: changeOf(words, label, hrefOf(parts, section)),
  };
}

/** Nothing is compared here, so every piece is the text as it stands. */
function plainText(pieces: SectionText['lines'][number]['pieces']): string {
  return pieces.map(({ text, gap }) => text + gap).join('');
}

function hrefOf(parts: Parts, section: PlanSection): string {
  if (isText(section)) return paths.profilePart(section);
  const part = partOf(section);
  if (part === null) return paths.goal(section.slice('goal:'.length));
  return parts.find(({ key }) => key === part)?.href ?? paths.plan;
}

/** What is asked and of which there is not a word. */
function emptyPart(words: Words, key: ComponentKey): SubmitPart {
  const { t } = words;
  const { label, href } = COMPONENTS[key];
  const change = changeOf(words, t(label), key === 'agreedGoal' ? paths.newGoal : href);
  return { id: key, label: t(label), lines: [{ label: null, text: t('part.nothing') }], steps: [], change };
}

function changeOf({ t }: Words, part: string, href: string): Action {
  return { label: t('submit.change'), more: t('submit.changeMore', { part }), href, kind: 'quiet' };
}

/** Where on the page a component is mended: its text, its feature's part, the first goal, or its empty part. */
function placeOf(plan: Plan, field: string): string {
  if (!isComponent(field)) return field;
  const { section, part } = COMPONENTS[field];
  const [text] = TEXTS_OF[field] ?? [];
  if (text) return anchorOf(text);
  if (part) return anchorOf(`part:${part}`);
  const goal = section === 'goals' && plan.goals.find(({ status }) => status !== 'dropped');
  return goal ? anchorOf(`goal:${goal.id}`) : field;
}

function isComponent(key: string): key is ComponentKey {
  return (COMPONENT_KEYS as readonly string[]).includes(key);
}

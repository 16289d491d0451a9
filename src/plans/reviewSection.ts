import { errorOf } from '../shared/fieldErrors.ts';
import type { Chip, Choices, Field } from '../shared/parts.ts';
import { isText, partOf, type Plan, type PlanSection } from './plan.ts';
import { sectionName, type ReviewAnswer } from './review.ts';
import { LONGEST_COMMENT } from './comment.ts';
import { anchorOf, type ReviewReady, type ReviewSection } from './reviewFacts.ts';
import type { SectionText } from './sectionText.ts';
import { spokenBy } from './thread.page.ts';

export function sectionOf(ready: ReviewReady, { section, change, lines, steps }: SectionText): ReviewSection {
  const { words, plan, student, reviewing, viewer, comments, typed, errors } = ready;
  const { t } = words;
  const heading = sectionName(plan, section, t);
  const stored = ready.review?.answers.find((answer) => answer.section === section);
  const mine = typed?.sections.get(section);
  const error = errorOf(errors, section);
  const thread = comments
    .filter((comment) => comment.section === section)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((comment) => spokenBy(words, comment, { ...ready, student: student.id, viewer: viewer.person }));
  const answer = mine?.answer ?? stored?.answer ?? 'none';
  return {
    id: anchorOf(section),
    section,
    heading,
    chips: chipsOf(ready, section, change),
    lines,
    steps,
    thread,
    comment: viewer.isAdvisor
      ? commentField(ready, section, heading, {
          value: mine?.comment ?? (reviewing ? (stored?.comment ?? '') : ''),
          error: reviewing ? error : null,
        })
      : null,
    theirs: typed?.theirs.get(section) ?? null,
    answer: reviewing ? answerChoices(ready, section, heading, answer) : null,
    seen: reviewing ? { name: `seen.${section}`, value: stored?.version ?? 0 } : null,
  };
}

function commentField(
  { words: { t }, called, reviewing }: ReviewReady,
  section: PlanSection,
  heading: string,
  { value, error }: { value: string; error: string | null },
): Field {
  return {
    name: reviewing ? `comment.${section}` : 'text',
    id: `comment.${section}`,
    label: t('review.addComment'),
    more: t('review.commentsOn', { section: heading }),
    kind: 'textarea',
    value,
    error,
    sees: t(reviewing ? 'review.sees.later' : 'review.sees.now', { name: called }),
    maxLength: LONGEST_COMMENT,
  };
}

function answerChoices(
  { words: { t } }: ReviewReady,
  section: PlanSection,
  heading: string,
  answer: ReviewAnswer['answer'],
): Choices {
  return {
    name: `answer.${section}`,
    legend: t('review.answer'),
    more: t('review.answerFor', { section: heading }),
    value: answer,
    options: [
      { value: 'good', label: t('review.good'), tone: 'done' },
      { value: 'change', label: t('review.change'), tone: 'warn' },
    ],
  };
}

function chipsOf(
  { words: { t }, asked, plan }: ReviewReady,
  section: PlanSection,
  change: SectionText['change'],
): Chip[] {
  const chips: Chip[] = [];
  if (asked.includes(section)) chips.push({ label: t('review.chip.asked'), tone: 'warn', icon: 'msg' });
  if (!isFinished(plan, section))
    chips.push({ label: t('review.chip.unfinished'), tone: 'quiet', icon: 'circle' });
  if (change === 'changed') chips.push({ label: t('review.chip.changed'), tone: 'now', icon: 'pencil' });
  if (change === 'new') chips.push({ label: t('review.chip.new'), tone: 'review', icon: 'plus' });
  return chips;
}

function isFinished(plan: Plan, section: PlanSection): boolean {
  const part = partOf(section);
  if (part) return !plan.askedParts.includes(part);
  if (isText(section)) return plan.profile[section].finished;
  return plan.goals.some((goal) => section === `goal:${goal.id}` && goal.finished);
}

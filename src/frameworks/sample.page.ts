import { groupsOf } from '../plans/homeRows.page.ts';
import { componentsOf, type Framework } from '../plans/framework.ts';
import type { Plan } from '../plans/plan.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Field, Head, Ring, TaskGroup } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { roleName } from './frameworkWords.page.ts';
import type { Template } from './template.ts';
import { TEMPLATE_LIMITS } from './templateForm.ts';

/** What a student would find: the steps of a plan with nothing in it. */
export interface SamplePage extends PageModel {
  head: Head;
  action: string;
  field: Field;
  outside: string | null;
  ring: Ring;
  minutes: string;
  groups: TaskGroup[];
  after: string[];
  milestones: string[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'frameworks/sample': SamplePage;
  }
}

/** @param plan one with nothing in it, kept nowhere */
export function samplePage(
  words: Words,
  {
    template,
    framework,
    plan,
    grade,
  }: { template: Template; framework: Framework; plan: Plan; grade: number },
): SamplePage {
  const { t } = words;
  const parts = componentsOf(framework);
  return {
    title: t('frameworks.sample.title', { grade }),
    styles: 'wide',
    head: {
      title: t('frameworks.sample.title', { grade }),
      eyebrow: template.name,
      lede: t('frameworks.sample.lede'),
      back: { href: paths.adminFramework(template.id), label: t('frameworks.sample.back') },
    },
    action: paths.previewFramework(template.id),
    field: gradeField(words, grade),
    outside: outsideOf(words, template, grade),
    ring: { done: 0, total: parts.length },
    minutes: t('frameworks.sample.minutes', { count: parts.reduce((sum, { minutes }) => sum + minutes, 0) }),
    groups: groupsOf(words, { plan, framework, tasks: [] }),
    after: afterOf(words, framework),
    milestones: template.milestones
      .filter((one) => one.grade === null || one.grade === grade)
      .map(({ what }) => what),
  };
}

function gradeField({ t }: Words, grade: number): Field {
  const { firstGrade, lastGrade } = TEMPLATE_LIMITS;
  const grades = Array.from({ length: lastGrade - firstGrade + 1 }, (_, index) => String(firstGrade + index));
  return {
    name: 'grade',
    kind: 'select',
    label: t('frameworks.sample.grade'),
    value: String(grade),
    options: grades.map((value) => ({ value, label: value })),
    compact: true,
  };
}

function outsideOf({ t }: Words, { grades }: Template, grade: number): string | null {
  if (!grades || (grades[0] <= grade && grade <= grades[1])) return null;
  return t('frameworks.sample.outside', { from: String(grades[0]), to: String(grades[1]) });
}

function afterOf(words: Words, { signatures, reviewsPerYear }: Framework): string[] {
  const { t, fmt } = words;
  const signers = signatures.map(({ role }) => roleName(words, role));
  return [
    t('frameworks.sample.approval'),
    ...(signers.length > 0 ? [t('frameworks.sample.signs', { list: fmt.list(signers) })] : []),
    t('frameworks.sample.reviews', { count: reviewsPerYear }),
  ];
}

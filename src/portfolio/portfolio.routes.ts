import { studentFiles } from '../files/studentFiles.service.ts';
import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import { page, wordsOf } from '../shared/page.ts';
import { Id } from '../shared/model.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { EVIDENCE_KINDS, isShown } from './evidence.ts';
import { NewEvidencePost, TypedEvidence } from './evidenceForm.ts';
import { newEvidencePage } from './evidenceForm.page.ts';
import { addEvidence, type GivenFile } from './evidence.service.ts';
import { evidenceOneRoutes } from './evidenceOne.routes.ts';
import { evidenceReadRoutes } from './evidenceRead.routes.ts';
import { portfolioPage, type Shown } from './portfolio.page.ts';
import { ShownQuery } from './shownQuery.ts';
import { earlierFiles, ownPortfolio, ownTies, roomOfViewer } from './portfolioFacts.service.ts';

const ListQuery = ShownQuery.extend({
  done: z.enum(['added', 'restored', 'archived']).nullable().catch(null).default(null),
  /** The piece that was put away a moment ago. */
  of: Id.nullable().catch(null).default(null),
});
const NewQuery = z.object({
  kind: z.enum(EVIDENCE_KINDS).catch('file').default('file'),
  goal: z.string().max(100).catch('').default(''),
  skill: z.string().max(100).catch('').default(''),
  task: z.string().max(100).catch('').default(''),
});

/** The student's own portfolio: all pieces, and new ones. */
export function portfolioRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.portfolio,
      who: { of: 'self', as: 'student' },
      changes: [],
      query: ListQuery,
      handle: (call) => showList(call),
    }),
    route({
      method: 'get',
      path: paths.newEvidence,
      who: { of: 'self', as: 'student' },
      changes: [],
      query: NewQuery,
      handle: (call) => {
        const { kind, goal, skill, task } = call.query;
        const ties = { goals: goal ? [goal] : [], skills: skill ? [skill] : [], tasks: task ? [task] : [] };
        return showNew(call, TypedEvidence.parse({ kind, ...ties }));
      },
    }),
    // A link or words of one's own.
    route({
      method: 'post',
      path: paths.portfolio,
      who: { of: 'self', as: 'student' },
      changes: ['evidence.added'],
      form: NewEvidencePost,
      handle: (call) => add(call, { is: 'none' }),
      onInvalid: (call, problem, typed) => showNew(call, TypedEvidence.parse(typed), problem.fields),
    }),
    // A file, or one that was given before: the only form with a file in it.
    route({
      method: 'post',
      path: paths.sendEvidence,
      who: { of: 'self', as: 'student' },
      changes: ['evidence.added'],
      form: NewEvidencePost,
      upload: studentFiles,
      handle: (call) => add(call, givenFile(call)),
      onInvalid: (call, problem, typed) => showNew(call, TypedEvidence.parse(typed), problem.fields),
    }),
    ...evidenceOneRoutes(),
    ...evidenceReadRoutes(),
  ];
}

type NewCall = Call<z.ZodType, z.ZodType, typeof NewEvidencePost>;

function givenFile({ file, form }: NewCall): GivenFile {
  switch (file.is) {
    case 'arrived':
      return { is: 'sent', id: file.id };
    case 'refused':
      return { is: 'refused', message: file.message };
    case 'none':
      return form.earlier === '' ? { is: 'none' } : { is: 'earlier', id: form.earlier };
  }
}

async function add({ viewer, form, now, res }: NewCall, file: GivenFile): Promise<void> {
  const facts = await ownPortfolio(viewer, now);
  const time = { own: ownTies(facts), today: facts.today, now };
  await addEvidence(actorOf(viewer, 'student'), { kind: form.kind, form, file }, time);
  seeOther(res, `${paths.portfolio}?done=added`);
}

type View = Pick<Call, 'viewer' | 'file' | 'now' | 'res'>;

async function showNew(
  { viewer, file, now, res }: View,
  { kind, earlier, ...form }: z.output<typeof TypedEvidence>,
  problems: readonly { field: string; message: string }[] = [],
): Promise<void> {
  const [facts, files, used] = await Promise.all([
    ownPortfolio(viewer, now),
    earlierFiles(viewer),
    roomOfViewer(viewer),
  ]);
  const day = form.day || facts.today;
  const typed = { form: { ...form, day }, kind, earlier, problems, files, used, sent: file.is !== 'none' };
  page(res, 'portfolio/new', newEvidencePage(wordsOf(res), facts, typed), {
    status: problems.length > 0 ? 422 : 200,
  });
}

async function showList({ viewer, query, now, res }: Call<z.ZodType, typeof ListQuery>): Promise<void> {
  const facts = await ownPortfolio(viewer, now);
  const words = wordsOf(res);
  const { t } = words;
  const { done, of, ...shown } = query;
  if (done === 'added' || done === 'restored') tellSaved(res, t(`portfolio.done.${done}`));
  const away = done === 'archived' ? facts.items.find(({ id }) => id === of) : undefined;
  const archived = shown.show === 'archived';
  const count = facts.items.filter(isShown).length;
  const title = t(archived ? 'portfolio.archivedTitle' : 'portfolio.title');
  const model = portfolioPage(words, facts, shown satisfies Shown, {
    title,
    lede: archived ? t('portfolio.archivedLede') : t('portfolio.lede', { count }),
    back: archived ? { href: paths.portfolio, label: t('portfolio.back') } : null,
    own: true,
    path: paths.portfolio,
    one: paths.evidence,
    none: { title: t('portfolio.none'), text: t('portfolio.noneBody') },
    undo: away
      ? {
          text: t('portfolio.done.archived', { title: away.title }),
          action: paths.restoreEvidence(away.id),
          label: t('portfolio.done.undo'),
        }
      : null,
  });
  page(res, 'portfolio/list', model);
}

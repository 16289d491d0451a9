import { z } from 'zod';
import { openFile } from '../files/file.service.ts';
import { actorOf } from '../people/actorOf.ts';
import { getPerson } from '../people/person.service.ts';
import { NotFound } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Access, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { sendContent } from '../web/sendContent.ts';
import { isForFamily, isShown, type Evidence } from './evidence.ts';
import { confirmCapstone, getEvidence, ownerOfEvidence } from './evidence.service.ts';
import { evidencePage } from './evidenceShow.page.ts';
import { portfolioPage } from './portfolio.page.ts';
import { portfolioFactsOf } from './portfolioFacts.service.ts';
import { ShownQuery } from './shownQuery.ts';

const OfStudent = z.object({ person: Id });
const OfEvidence = z.object({ evidence: Id });
const DoneQuery = z.object({
  done: z.enum(['confirmed', 'unconfirmed']).nullable().catch(null).default(null),
});

const STAFF = { of: 'student', relations: ['advisor'], administrator: true } as const;
/** Families: only what was shared with them, which the handler looks at. */
const READERS: Access = {
  of: 'student',
  param: 'evidence',
  relations: ['self', 'advisor', 'family'],
  administrator: true,
};

/** Portfolios as others see them, and the files of all. */
export function evidenceReadRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.studentPortfolio(':person'),
      who: { ...STAFF, param: 'person' },
      changes: [],
      params: OfStudent,
      query: ShownQuery,
      handle: (call) => showList(call),
    }),
    route({
      method: 'get',
      path: paths.studentEvidence(':evidence'),
      who: { ...STAFF, param: 'evidence' },
      owner: ownerOfEvidence,
      changes: [],
      params: OfEvidence,
      query: DoneQuery,
      handle: (call) => showOne(call),
    }),
    route({
      method: 'post',
      path: paths.confirmCapstone(':evidence'),
      who: { of: 'student', param: 'evidence', relations: ['advisor'] },
      owner: ownerOfEvidence,
      changes: ['evidence.confirmed', 'evidence.unconfirmed'],
      params: OfEvidence,
      form: z.strictObject({ confirm: z.enum(['yes', 'no']) }),
      handle: async ({ viewer, student, params, form, now, res }) => {
        const confirm = form.confirm === 'yes';
        await confirmCapstone(actorOf(viewer, 'advisor'), student, params.evidence, { confirm, now });
        seeOther(
          res,
          `${paths.studentEvidence(params.evidence)}?done=${confirm ? 'confirmed' : 'unconfirmed'}`,
        );
      },
    }),
    file(paths.evidenceFile(':evidence'), 'whole'),
    file(paths.evidencePicture(':evidence'), 'small'),
  ];
}

function file(path: string, size: 'whole' | 'small'): Declaration {
  return route({
    method: 'get',
    path,
    who: READERS,
    owner: ownerOfEvidence,
    changes: [],
    params: OfEvidence,
    handle: async (call) => {
      const { institution, file: stored } = await readable(call, call.params.evidence);
      if (!stored) throw new NotFound('evidence without a file');
      await sendContent(call.res, await openFile({ ...stored, institution }, size));
    },
  });
}

/** What the reader may see of it. @throws NotFound for a family where it was not shared */
async function readable(
  { viewer, student, relation }: Pick<Call, 'viewer' | 'student' | 'relation'>,
  id: string,
): Promise<Evidence> {
  const evidence = await getEvidence(viewer.institution, student, id);
  if (relation === 'self') return evidence;
  const may = relation === 'family' ? isForFamily(evidence) : isShown(evidence);
  if (!may) throw new NotFound(`evidence ${id} is not shared with the viewer`);
  return evidence;
}

async function showList(call: Call<typeof OfStudent, typeof ShownQuery>): Promise<void> {
  const { viewer, student, query, now, res } = call;
  const [facts, { name, given }] = await Promise.all([
    portfolioFactsOf(viewer.institution, student, now),
    getPerson(viewer.institution, student),
  ]);
  const words = wordsOf(res);
  const { t } = words;
  const called = given || name;
  const model = portfolioPage(
    words,
    facts,
    { ...query, show: '' },
    {
      title: t('portfolio.staff.title', { name }),
      lede: t('portfolio.staff.lede', { count: facts.items.filter(isShown).length }),
      back: { href: paths.student(student), label: t('portfolio.staff.back', { name: called }) },
      own: false,
      path: paths.studentPortfolio(student),
      one: paths.studentEvidence,
      none: { title: t('portfolio.staff.none'), text: t('portfolio.staff.noneBody', { name: called }) },
      undo: null,
    },
  );
  page(res, 'portfolio/list', model);
}

async function showOne(call: Call<typeof OfEvidence, typeof DoneQuery>): Promise<void> {
  const { viewer, student, relation, params, query, now, res } = call;
  const evidence = await readable(call, params.evidence);
  const [facts, { name, given }] = await Promise.all([
    portfolioFactsOf(viewer.institution, student, now),
    getPerson(viewer.institution, student),
  ]);
  const words = wordsOf(res);
  if (query.done) tellSaved(res, words.t(`portfolio.done.${query.done}`));
  const by = { as: 'staff', called: given || name, mayConfirm: relation === 'advisor', student } as const;
  page(res, 'portfolio/show', evidencePage(words, facts, evidence, by));
}

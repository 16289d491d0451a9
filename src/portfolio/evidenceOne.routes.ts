import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import type { FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { EvidencePost, formOf, TypedEvidence, type EvidenceForm } from './evidenceForm.ts';
import { editEvidencePage, type SavedMeanwhile } from './evidenceForm.page.ts';
import { archiveEvidence, changeEvidence, getEvidence, restoreEvidence } from './evidence.service.ts';
import { evidencePage } from './evidenceShow.page.ts';
import { ownPortfolio, ownTies } from './portfolioFacts.service.ts';

const OfEvidence = z.object({ evidence: Id });
const ShowQuery = z.object({ done: z.literal('changed').nullable().catch(null).default(null) });

/** One piece of the student's own: look, change, put away, bring back. */
export function evidenceOneRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.evidence(':evidence'),
      who: { of: 'self', as: 'student' },
      changes: [],
      params: OfEvidence,
      query: ShowQuery,
      handle: (call) => showOne(call),
    }),
    route({
      method: 'get',
      path: paths.editEvidence(':evidence'),
      who: { of: 'self', as: 'student' },
      changes: [],
      params: OfEvidence,
      handle: (call) => showEdit(call, call.params.evidence),
    }),
    route({
      method: 'post',
      path: paths.evidence(':evidence'),
      who: { of: 'self', as: 'student' },
      changes: ['evidence.changed'],
      params: OfEvidence,
      form: EvidencePost,
      handle: (call) => save(call),
      onInvalid: (call, problem, typed) =>
        showEdit(call, call.params.evidence, { form: TypedEvidence.parse(typed), problems: problem.fields }),
    }),
    button('archiveEvidence', 'archive', 'evidence.archived', async (call, id) => {
      await archiveEvidence(actorOf(call.viewer, 'student'), id, call.now);
      return `${paths.portfolio}?done=archived&of=${id}`;
    }),
    button('restoreEvidence', 'restore', 'evidence.restored', async (call, id) => {
      await restoreEvidence(actorOf(call.viewer, 'student'), id, call.now);
      return `${paths.portfolio}?done=restored`;
    }),
  ];
}

/** A form of one button. `press` does it and says where to go on. */
function button(
  path: 'archiveEvidence' | 'restoreEvidence',
  value: string,
  action: string,
  press: (call: Pick<Call, 'viewer' | 'now'>, id: string) => Promise<string>,
): Declaration {
  return route({
    method: 'post',
    path: paths[path](':evidence'),
    who: { of: 'self', as: 'student' },
    changes: [action],
    params: OfEvidence,
    form: z.strictObject({ do: z.literal(value).optional() }),
    handle: async (call) => seeOther(call.res, await press(call, call.params.evidence)),
  });
}

async function showOne({
  viewer,
  params,
  query,
  now,
  res,
}: Call<typeof OfEvidence, typeof ShowQuery>): Promise<void> {
  const evidence = await getEvidence(viewer.institution, viewer.person, params.evidence);
  const facts = await ownPortfolio(viewer, now);
  const words = wordsOf(res);
  if (query.done) tellSaved(res, words.t('portfolio.done.changed'));
  page(res, 'portfolio/show', evidencePage(words, facts, evidence, { as: 'student' }));
}

interface Again {
  form: EvidenceForm;
  problems?: readonly FieldError[];
  meanwhile?: SavedMeanwhile;
}

async function showEdit(
  { viewer, now, res }: Pick<Call, 'viewer' | 'now' | 'res'>,
  id: string,
  again: Again | null = null,
): Promise<void> {
  const evidence = await getEvidence(viewer.institution, viewer.person, id);
  const facts = await ownPortfolio(viewer, now);
  const form = again?.form ?? formOf(evidence);
  const typed = {
    form,
    kind: evidence.kind,
    problems: again?.problems ?? [],
    meanwhile: again?.meanwhile ?? null,
  };
  const status = typed.meanwhile ? 409 : typed.problems.length > 0 ? 422 : 200;
  page(res, 'portfolio/edit', editEvidencePage(wordsOf(res), facts, evidence, typed), { status });
}

/** Another tab saved first: the form stays as it was typed, with what is stored above it. */
async function save(call: Call<typeof OfEvidence, z.ZodType, typeof EvidencePost>): Promise<void> {
  const { viewer, params, now, res } = call;
  const { _version: version, ...form } = call.form;
  const facts = await ownPortfolio(viewer, now);
  const time = { own: ownTies(facts), today: facts.today, now };
  try {
    await changeEvidence(actorOf(viewer, 'student'), params.evidence, { form, version }, time);
    seeOther(res, `${paths.evidence(params.evidence)}?done=changed`);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    await showEdit(call, params.evidence, { form, meanwhile: meanwhileOf(call, error) });
  }
}

function meanwhileOf(
  { res, now }: Pick<Call, 'res' | 'now'>,
  { stored, yours }: VersionConflict,
): SavedMeanwhile {
  const { fmt } = wordsOf(res);
  const differing = Object.entries(stored.words).filter(
    ([name, text]) => text !== yours[name] && text !== '',
  );
  return {
    version: stored.version,
    words: differing.map(([, text]) => text).join('\n\n'),
    when: stored.at ? fmt.moment(stored.at, now) : '',
  };
}

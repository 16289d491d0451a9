/**
 * Assignment and Grade Services 2.0: line items, scores, results. Which scopes a call uses depends on what the
 * launch's claim granted (`scopes`): a platform may offer `lineitem` without `lineitem.readonly` or the other
 * way round. Lists and results are read by ltijs; the rest it cannot do right (see `ltijs.ts`).
 */
import { z } from 'zod';
import { LmsError } from '../shared/errors.ts';
import { callLibrary, callService, grantedOne, type Purpose, type Wire } from './call.ts';
import { lineItemList, lineItemPage, resultList } from './ltijs.ts';
import { parseJson } from './outbound.ts';
import { problemWith } from './outboundAgent.ts';
import { walk } from './pages.ts';
import type { Connection } from './platform.ts';
import { originsFor, profileOf } from './profiles.ts';
import { withoutUndefined } from './profiles/common.ts';
import type { NewLineItem, Score } from './score.ts';
import { MEDIA, SCOPES } from './scopes.ts';
import { below, withoutSlash } from './serviceUrl.ts';

/** Line item - a column of the LMS's gradebook. Members Waymark does not know are kept for the update. */
type LineItem = z.output<typeof LineItem>;
const LineItem = z.looseObject({
  id: z.url({ protocol: /^https?$/ }).max(2_000),
  label: z.string(),
  scoreMaximum: z.coerce.number().positive(),
  resourceId: z.string().nullish().catch(null),
  tag: z.string().nullish().catch(null),
});

/** What the gradebook shows for one person; `score` null when there is none. */
interface Result {
  score: number | null;
  maximum: number | null;
  comment: string | null;
  /** When it was graded, where the LMS tells it. */
  at: Date | null;
}
const Results = z.array(
  z.object({
    userId: z.union([z.string(), z.number().transform(String)]),
    resultScore: z.coerce.number().nullish().catch(null),
    resultMaximum: z.coerce.number().nullish().catch(null),
    comment: z.string().nullish().catch(null),
    timestamp: z.coerce.date().nullish().catch(null),
  }),
);

/** What the launch's AGS claim granted. */
type Granted = readonly string[];

/** Every function throws LmsError: `reason` says why, `retry` whether to send it again later. */
export interface Grades {
  /** The line item with this resource id, or null. Look before creating: a copied course brings its items along. */
  findLineItem(
    connection: Connection,
    lineItemsUrl: string,
    wanted: { resourceId: string; tag?: string },
    scopes: Granted,
  ): Promise<LineItem | null>;
  createLineItem(
    connection: Connection,
    lineItemsUrl: string,
    item: NewLineItem,
    scopes: Granted,
  ): Promise<LineItem>;
  getLineItem(connection: Connection, lineItemUrl: string, scopes: Granted): Promise<LineItem>;
  /** Reads the item first and sends all of it back: a PUT replaces, Moodle drops what is left out. */
  updateLineItem(
    connection: Connection,
    lineItemUrl: string,
    change: Partial<Pick<NewLineItem, 'label' | 'scoreMaximum'>>,
    scopes: Granted,
  ): Promise<LineItem>;
  /** @returns `skipped` when sending would do harm in this LMS (a state that erases the grade). */
  postScore(
    connection: Connection,
    lineItemUrl: string,
    score: Score,
    scopes: Granted,
  ): Promise<'sent' | 'skipped'>;
  /** null when the LMS has no result for this person. */
  readResult(
    connection: Connection,
    lineItemUrl: string,
    userId: string,
    scopes: Granted,
  ): Promise<Result | null>;
}

/** @param launchUrl the tool's launch address, which new columns lead to */
export function createGrades(wire: Wire, launchUrl: string): Grades {
  const read = (connection: Connection, url: string, scopes: Granted) =>
    readLineItem(wire, connection, url, scopes);
  return {
    findLineItem: (connection, url, wanted, scopes) => find(wire, connection, url, wanted, scopes),
    getLineItem: read,
    createLineItem: async (connection, url, item, scopes) => {
      const body = profileOf(connection.platform.family).lineItemBody(item, launchUrl);
      return write(wire, connection, { method: 'POST', url, body }, scopes);
    },
    updateLineItem: async (connection, url, change, scopes) => {
      const body = withoutUndefined({ ...(await read(connection, url, scopes)), ...change });
      return write(wire, connection, { method: 'PUT', url, body }, scopes);
    },
    postScore: (connection, url, score, scopes) => post(wire, connection, url, score, scopes),
    readResult: (connection, url, userId, scopes) => readOne(wire, connection, url, userId, scopes),
  };
}

const reading = (scopes: Granted): Purpose => ({
  call: 'line-item',
  scopes: [grantedOne(scopes, [SCOPES.lineItemReadonly, SCOPES.lineItem])],
});
const writing = (scopes: Granted): Purpose => ({
  call: 'line-item',
  scopes: [grantedOne(scopes, [SCOPES.lineItem])],
});

async function find(
  wire: Wire,
  connection: Connection,
  lineItemsUrl: string,
  wanted: { resourceId: string; tag?: string },
  scopes: Granted,
): Promise<LineItem | null> {
  const found: LineItem[] = [];
  const pages = walk(lineItemsUrl, async (url) => {
    const answer = await callLibrary(wire, connection, reading(scopes), (call) =>
      url === lineItemsUrl ? lineItemList(call, url, wanted.resourceId) : lineItemPage(call, url),
    );
    return { page: parse(z.array(z.unknown()), answer.body), link: answer.headers.link };
  });
  // Filters are not trusted, and one odd item must not hide ours: Canvas lists those of other deployments too.
  for await (const page of pages)
    found.push(...page.flatMap(itemOf).filter((item) => item.resourceId === wanted.resourceId));
  const best = found.find((item) => wanted.tag === undefined || item.tag === wanted.tag) ?? found[0];
  return best ? onPlatform(wire, connection, best) : null;
}

function itemOf(raw: unknown): LineItem[] {
  const parsed = LineItem.safeParse(raw);
  return parsed.success ? [parsed.data] : [];
}

async function readLineItem(
  wire: Wire,
  connection: Connection,
  url: string,
  scopes: Granted,
): Promise<LineItem> {
  const headers = { accept: MEDIA.lineItem };
  const answer = await callService(wire, connection, reading(scopes), { url, headers });
  return onPlatform(wire, connection, parse(LineItem, parseJson(answer.text)));
}

async function write(
  wire: Wire,
  connection: Connection,
  { method, url, body }: { method: 'POST' | 'PUT'; url: string; body: Record<string, unknown> },
  scopes: Granted,
): Promise<LineItem> {
  const answer = await callService(wire, connection, writing(scopes), {
    method,
    url,
    headers: { accept: MEDIA.lineItem, 'content-type': MEDIA.lineItem },
    body: JSON.stringify(body),
  });
  // A PUT may be answered by an empty 200 or 204: then what was sent is what is there.
  const item = answer.text.trim() === '' ? body : parseJson(answer.text);
  return onPlatform(wire, connection, parse(LineItem, item));
}

async function post(
  wire: Wire,
  connection: Connection,
  lineItemUrl: string,
  score: Score,
  scopes: Granted,
): Promise<'sent' | 'skipped'> {
  const profile = profileOf(connection.platform.family);
  const body = profile.scoreBody(score);
  if (body === null) return 'skipped';
  const purpose = { call: 'score', scopes: [grantedOne(scopes, [SCOPES.score])] } as const;
  const send = async (content: Record<string, unknown>): Promise<string> =>
    (
      await callService(wire, connection, purpose, {
        method: 'POST',
        url: below(lineItemUrl, 'scores'),
        headers: { accept: 'application/json', 'content-type': MEDIA.score },
        body: JSON.stringify(content),
      })
    ).text;
  const text = await send(body).catch((error: unknown) => {
    const changed = error instanceof LmsError ? profile.secondTry(body, error) : null;
    if (changed === null) throw error;
    return send(changed);
  });
  // A sign-in page with status 200 is no acceptance (quality.md F11).
  if (text.trimStart().startsWith('<')) throw bad('a page instead of an answer to a score');
  return 'sent';
}

async function readOne(
  wire: Wire,
  connection: Connection,
  lineItemUrl: string,
  userId: string,
  scopes: Granted,
): Promise<Result | null> {
  const purpose = { call: 'result', scopes: [grantedOne(scopes, [SCOPES.result])] } as const;
  const answer = await callLibrary(wire, connection, purpose, (call) =>
    resultList(call, withoutSlash(lineItemUrl), userId),
  );
  const own = parse(Results, answer.body).find((result) => result.userId === userId);
  if (!own) return null;
  return {
    score: own.resultScore ?? null,
    maximum: own.resultMaximum ?? null,
    comment: own.comment ?? null,
    at: own.timestamp ?? null,
  };
}

/** An item whose own address is elsewhere would get our scores and token there. */
function onPlatform(wire: Wire, connection: Connection, item: LineItem): LineItem {
  const rules = { origins: originsFor(connection.platform), allowInsecure: wire.allowInsecure };
  const problem = problemWith(new URL(item.id), rules);
  if (problem === null) return item;
  throw new LmsError('blocked-origin', { retry: false, detail: `line item: ${problem}` });
}

function parse<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw bad('the answer has another shape');
}

const bad = (detail: string): LmsError => new LmsError('bad-answer', { retry: true, detail });

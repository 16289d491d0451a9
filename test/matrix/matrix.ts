/**
 * The authorization matrix: every mounted route × every actor, against what the route's declaration says.
 * The expectation is derived here from the declaration and the actor alone, not by the code under test.
 */
import { declarations } from '../../src/app.ts';
import type { Declaration } from '../../src/web/route.ts';
import type { School } from '../support/startSchool.ts';
import { makeActors, type Actor } from './actors.ts';
import { makeThings, type Things } from './things.ts';

export interface Cell {
  route: string;
  actor: string;
  expected: string;
  status: number;
  ok: boolean;
}

export interface MatrixResult {
  routes: number;
  actors: number;
  cells: Cell[];
  wrong: Cell[];
}

/** What an answer means for authorization: refused with this status, or let through to the handler. */
type Expected = 401 | 403 | 404 | 'through';

export async function runMatrix(school: School): Promise<MatrixResult> {
  const actors = await makeActors(school);
  const things = await makeThings(school, actors);
  const routes = declarations(school.deps).filter(({ protection }) => (protection ?? 'form') === 'form');
  const cells: Cell[] = [];
  for (const route of inSafeOrder(routes))
    for (const actor of actors) cells.push(await tryCell(school, route, actor, things));
  cells.push(...(await foreignIds(school, routes, actors, things)));
  return { routes: routes.length, actors: actors.length, cells, wrong: cells.filter(({ ok }) => !ok) };
}

/** Signing out ends the sessions that the other cells need. */
function inSafeOrder(routes: readonly Declaration[]): Declaration[] {
  return routes.toSorted((a, b) => Number(a.path === '/sign-out') - Number(b.path === '/sign-out'));
}

async function tryCell(school: School, route: Declaration, actor: Actor, things: Things): Promise<Cell> {
  const status = await statusOf(route, actor, things.pathOf(route));
  const expected = expectedOf(route, actor, things);
  return {
    route: nameOf(route),
    actor: actor.name,
    expected: String(expected),
    status,
    ok: fits(expected, status, route),
  };
}

async function statusOf(route: Declaration, { visitor }: Actor, path: string): Promise<number> {
  const answer =
    route.method === 'get'
      ? await visitor.get(path, { 'x-matrix': '1' })
      : await visitor.post(path, {}, { follow: false, csrf: await visitorToken(visitor) });
  return answer.status;
}

const tokens = new WeakMap<object, string>();

/** The session's form token, from any page that holds one. */
async function visitorToken(visitor: Actor['visitor']): Promise<string> {
  const known = tokens.get(visitor);
  if (known !== undefined) return known;
  const { resumeSession } = await import('../../src/sessions/session.service.ts');
  const { SESSION_COOKIE } = await import('../../src/sessions/session.ts');
  const session = await resumeSession(visitor.cookies.get(SESSION_COOKIE) ?? '', new Date());
  const token = session?.csrf ?? 'none';
  tokens.set(visitor, token);
  return token;
}

/** From the declaration and the actor alone. */
export function expectedOf(
  route: Declaration,
  { name, facts }: Actor,
  things: Pick<Things, 'isOwn'>,
): Expected {
  const { who } = route;
  if (who.of === 'anyone') return 'through';
  if (!facts) return 401;
  const changes = route.method === 'post' && route.changes.length > 0;
  const refused = expectedByRight(route, facts, things.isOwn(route, name));
  // Student View's posts are stopped as soon as its right to the page is clear; before a thing is looked up.
  return facts.testUser && changes && (refused === 'through' || who.of === 'self') ? 403 : refused;
}

function expectedByRight(route: Declaration, facts: NonNullable<Actor['facts']>, isOwn: boolean): Expected {
  const { who } = route;
  switch (who.of) {
    case 'anyone':
      return 'through';
    case 'self':
      if (who.as && who.as !== facts.launchedAs) return 403;
      return isOwn ? 'through' : 404;
    case 'administrator':
      return facts.administrator ? (facts.foreign && route.path.includes(':') ? 404 : 'through') : 403;
    case 'staff':
      if (!facts.staff && !(who.administrator === true && facts.administrator)) return 403;
      return isOwn ? 'through' : 404;
    case 'student':
      return related(
        who.relations,
        facts.relation,
        who.administrator === true && facts.administrator && !facts.foreign,
      );
    case 'course':
      return related(
        who.standings,
        facts.standing,
        who.administrator === true && facts.administrator && !facts.foreign,
      );
  }
}

function related(allowed: readonly string[], actual: string, administrator: boolean): Expected {
  if (allowed.includes(actual) || administrator) return 'through';
  return actual === 'none' ? 404 : 403;
}

/** A form is read before its thing is looked up: an empty one is refused (422) for real and missing ids alike. */
function fits(expected: Expected, status: number, { method }: Declaration): boolean {
  if (expected === 404 && method === 'post' && status === 422) return true;
  if (expected === 'through') return ![401, 403, 404].includes(status) && status < 500;
  return status === expected;
}

/** Another school's ids must look exactly like ids that never were: the same status and the same page. */
async function foreignIds(
  school: School,
  routes: readonly Declaration[],
  actors: readonly Actor[],
  things: Things,
): Promise<Cell[]> {
  const stranger = actors.find(({ name }) => name === 'administrator of another school') as Actor;
  const cells: Cell[] = [];
  for (const route of routes.filter(({ path, method }) => path.includes(':') && method === 'get')) {
    if (route.who.of === 'anyone') continue;
    const real = await stranger.visitor.get(things.pathOf(route));
    const never = await stranger.visitor.get(things.missingPathOf(route));
    const same = real.status === never.status && withoutReference(real.text) === withoutReference(never.text);
    cells.push({
      route: nameOf(route),
      actor: 'another school, real id beside a missing one',
      expected: `as missing (${never.status})`,
      status: real.status,
      ok: same,
    });
  }
  return cells;
}

function withoutReference(text: string): string {
  return text.replace(/\b[0-9A-F]{8}\b/g, '').replace(/value="[0-9a-f-]{36}"/g, '');
}

function nameOf({ method, path }: Declaration): string {
  return `${method.toUpperCase()} ${path}`;
}

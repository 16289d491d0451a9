import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Express, NextFunction, Request, RequestHandler, Response, Router } from 'express';
import { authorizationEndpoint } from './authorize.ts';
import { deepLinkReturn } from './deepLinkReturn.ts';
import { injectFaults, logRequests, makeFaultList } from './faults.ts';
import { handleFor } from './handle.ts';
import type { MannerHandle } from './handle.ts';
import { makeKeyRing } from './keys.ts';
import type { MakePair } from './keys.ts';
import { canvas } from './manners/canvas.ts';
import type { MannerRules } from './manners/manner.ts';
import { moodle } from './manners/moodle.ts';
import { schoology } from './manners/schoology.ts';
import { frontPage } from './pages/front.ts';
import { messagePage } from './pages/layout.ts';
import { pagesOf } from './pages/router.ts';
import { openidConfigurationEndpoint, registrationEndpoint } from './registration.ts';
import { sampleSchool } from './school.ts';
import type { School, SchoolCourse, SchoolMember, SchoolPerson } from './school.ts';
import type { LmsCourse, LmsPerson, Manner, MannerState, Membership } from './state.ts';
import { staticFiles } from './pages/staticFiles.ts';
import { tokenEndpoint } from './tokenEndpoint.ts';

// The practice LMS: a real LTI 1.3 Advantage platform on loopback, with the manners of Canvas, Schoology and
// Moodle under /canvas, /schoology and /moodle. It knows nothing of the tool it launches. Pages: see pages/router.ts.

export type { Manner } from './state.ts';
export type { MannerHandle } from './handle.ts';

export interface PracticeOptions {
  /** 0 (default): a free one. */
  readonly port?: number;
  /** Default 127.0.0.1, so that a tool on `localhost` is another site and its cookies are third-party. */
  readonly host?: string;
  /** Added to each service call (token, key set, roster, grades), in ms. */
  readonly latencyMs?: number;
  readonly school?: School;
  /** The clock, in ms. */
  readonly now?: () => number;
  /** Where signing keys come from; by default new ones are made. */
  readonly makePair?: MakePair | undefined;
}

export interface PracticeLms {
  readonly url: string;
  readonly manners: Readonly<Record<Manner, MannerHandle>>;
  readonly state: Readonly<Record<Manner, MannerState>>;
  stop(): Promise<void>;
}

const allRules: readonly MannerRules[] = [canvas, schoology, moodle];

/** The Test Student exists in Canvas only, and Moodle has no observers. */
function knows(rules: MannerRules, member: Pick<SchoolMember, 'role'>): boolean {
  if (member.role === 'testStudent') return rules.manner === 'canvas';
  return member.role !== 'observer' || rules.manner !== 'moodle';
}

function lmsPerson(rules: MannerRules, person: SchoolPerson, index: number): LmsPerson {
  return { ...person, name: `${person.given} ${person.family}`, ...rules.personIds(person, index) };
}

function lmsCourse(
  rules: MannerRules,
  course: SchoolCourse,
  index: number,
  present: ReadonlySet<string>,
): LmsCourse {
  const members = course.members
    .filter((member) => knows(rules, member) && present.has(member.person))
    .map(({ person, role }): [string, Membership] => [person, { role, active: true }]);
  const { key, title, label, sisId } = course;
  return {
    key,
    title,
    label,
    sisId,
    ...rules.courseIds(course, index),
    members: new Map(members),
    concluded: false,
  };
}

async function makeState(
  rules: MannerRules,
  school: School,
  origin: string,
  { now, makePair }: { now: () => number; makePair: MakePair | undefined },
): Promise<MannerState> {
  const people = school.people
    .map((person, index) => lmsPerson(rules, person, index))
    .filter((person) => person.kind !== 'testStudent' || rules.manner === 'canvas');
  const present = new Set(people.map((person) => person.key));
  const courses = school.courses.map((course, index) => lmsCourse(rules, course, index, present));
  return {
    manner: rules.manner,
    rules,
    school,
    origin,
    base: `${origin}/${rules.manner}`,
    now,
    keys: await makeKeyRing(makePair),
    people: new Map(people.map((person) => [person.key, person])),
    accounts: new Map(people.flatMap((person) => [person.sub, person.userId].map((id) => [id, person]))),
    courses: new Map(courses.map((course) => [course.id, course])),
    tools: new Map(),
    assignments: new Map(),
    lineItems: new Map(),
    results: new Map(),
    tokens: new Map(),
    usedIds: new Map(),
    registrationTokens: new Set(),
    pending: new Map(),
    deepLinks: new Map(),
    sessions: new Map(),
    noticeHandlers: new Map(),
    requests: [],
    faults: makeFaultList(),
    counters: new Map(),
  };
}

/** Where each manner's return URL keeps the token of its deep-linking session. */
function deepLinkToken(req: Request): string {
  const found = req.params.token ?? req.query.data ?? req.query.sesskey;
  return typeof found === 'string' ? found : '';
}

function mannerRouter(state: MannerState, latencyMs: number): Router {
  const router = express.Router();
  const { paths, deepLink } = state.rules;
  const service: RequestHandler[] = [logRequests(state), injectFaults(state, latencyMs)];
  router.get(paths.authorize, authorizationEndpoint(state));
  router.post(paths.authorize, authorizationEndpoint(state));
  router.post(deepLink.path, deepLinkReturn(state, deepLinkToken));
  router.post(paths.token, service, tokenEndpoint(state));
  router.get(paths.jwks, service, (_req: Request, res: Response) => void res.json(state.keys.publicSet()));
  if (paths.openidConfiguration)
    router.get(paths.openidConfiguration, service, openidConfigurationEndpoint(state));
  if (paths.registration) router.post(paths.registration, service, registrationEndpoint(state));
  router.use(paths.services, service);
  router.use(state.rules.services(state));
  router.use(pagesOf(state));
  return router;
}

function handleError(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return next(error);
  const status =
    typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  const text = error instanceof Error ? error.message : 'Something went wrong.';
  res.status(status >= 400 && status < 600 ? status : 500).send(messagePage('This did not work', text));
}

function makeApp(states: readonly MannerState[], latencyMs: number): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.urlencoded({ extended: false, limit: '1mb' }));
  app.use(express.json({ limit: '1mb', type: ['application/json', 'application/*+json'] }));
  app.use('/static', staticFiles());
  for (const state of states) app.use(`/${state.manner}`, mannerRouter(state, latencyMs));
  app.get('/', frontPage(states));
  app.use(
    (_req: Request, res: Response) =>
      void res.status(404).send(messagePage('Not found', 'There is no such page.')),
  );
  app.use(handleError);
  return app;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Starts the practice LMS; rejects when the port is taken. Nothing is written to disk. */
export async function startPracticeLms(options: PracticeOptions = {}): Promise<PracticeLms> {
  const { port = 0, host = '127.0.0.1', latencyMs = 0, school = sampleSchool() } = options;
  const { now = Date.now, makePair } = options;
  const server = createServer();
  const url = `http://${host}:${await listen(server, port, host)}`;
  const states = await Promise.all(allRules.map((rules) => makeState(rules, school, url, { now, makePair })));
  server.on('request', makeApp(states, latencyMs));
  const byManner = Object.fromEntries(states.map((state) => [state.manner, state])) as Record<
    Manner,
    MannerState
  >;
  const handles = Object.fromEntries(states.map((state) => [state.manner, handleFor(state)]));
  return {
    url,
    state: byManner,
    manners: handles as Record<Manner, MannerHandle>,
    stop: () => close(server),
  };
}

/**
 * The real app, the real worker and the practice LMS on loopback, connected as a school connects them. People
 * sign in by real launches over HTTP.
 */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { readEnv, type Env } from '../../config/env.ts';
import { createApp } from '../../src/app.ts';
import { compose, composeWorker } from '../../src/compose.ts';
import type { AppDeps } from '../../src/deps.ts';
import type { Worker } from '../../src/jobs/worker.ts';
import { connectSchool } from '../../src/practice/connect.ts';
import type { LaunchFormRequest } from '../../src/practice/handle.ts';
import { startPracticeLms, type Manner, type PracticeLms } from '../../src/practice/lms.ts';
import { newVisitor, type Visitor } from '../../src/practice/visitor.ts';
import { listCourses } from '../../src/courses/course.service.ts';
import { findPeopleBySisId } from '../../src/people/person.store.ts';
import { newToken } from '../../src/shared/crypto.ts';
import { createLog } from '../../src/shared/log.ts';
import { connectMongo, disconnectMongo } from '../../src/shared/mongo.ts';
import { forgetKnown } from '../../src/lti/known.service.ts';
import { createKeys } from '../../src/lti/keys.service.ts';
import { sealerFrom } from '../../src/lti/services.ts';
import { forgetSettings } from '../../src/institutions/settings.service.ts';
import { emptyDatabase } from './emptyDatabase.ts';
import { pairSource, toolPairSource } from './keyPairs.ts';

export interface School {
  lms: PracticeLms;
  deps: AppDeps;
  /** Address of the tool. */
  tool: string;
  institution: string;
  worker: Worker;
  /** A visitor who launched from the advisory course. */
  as(person: string, request?: Partial<LaunchFormRequest> & { manner?: Manner }): Promise<Visitor>;
  /** Our id of a practice LMS course, by its key (`advisory`, `history`, `biology`). */
  course(key: string, manner?: Manner): Promise<string>;
  /** Our id of a person who has a SIS id, by the practice LMS's key. */
  person(key: string): Promise<string>;
  /** Waits until the worker has nothing due. */
  settle(): Promise<void>;
}

export interface StartOptions {
  clock?: () => Date;
  logLevel?: string;
  databaseUri: string;
}

export async function startSchool(
  options: StartOptions,
): Promise<{ school: School; stop: () => Promise<void> }> {
  const uri = options.databaseUri;
  await connectMongo(uri);
  await emptyDatabase();
  forgetKnown();
  forgetSettings();
  const server = createServer();
  const tool = await listen(server);
  const makePair = pairSource();
  // Looked up at each use, so that a test that sets the date sets the LMS's too.
  const lms = await startPracticeLms({ makePair, now: () => Date.now() });
  const env = testEnv(tool, uri);
  await createKeys(sealerFrom(env), toolPairSource(makePair)).publicKeySet();
  const deps = compose({
    env,
    log: createLog(options.logLevel ?? 'silent'),
    ...(options.clock ? { clock: options.clock } : {}),
  });
  server.on('request', createApp(deps));
  const worker = composeWorker(deps);
  const institution = await connectSchool(lms, deps, worker);
  const school: School = { lms, deps, tool, institution, worker, ...helpers(lms, tool, institution, worker) };
  const stop = async (): Promise<void> => {
    await worker.stop(2_000);
    await deps.pdf.stop();
    await lms.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await disconnectMongo();
  };
  return { school, stop };
}

function helpers(
  lms: PracticeLms,
  tool: string,
  institution: string,
  worker: Worker,
): Pick<School, 'as' | 'course' | 'person' | 'settle'> {
  return {
    as: async (person, request = {}) => {
      const { manner = 'canvas', ...launch } = request;
      const visitor = newVisitor(tool);
      const [first] = lms.manners[manner].tools();
      const page = await visitor.launch(lms.manners[manner], {
        clientId: first?.clientId,
        person,
        course: 'advisory',
        ...launch,
      });
      if (page.status >= 400) throw new Error(`${person} ended on ${page.path} with ${page.status}`);
      return visitor;
    },
    course: async (key, manner = 'canvas') => {
      const { id: contextOrId, title } = lms.manners[manner].course(key);
      const courses = await listCourses(institution);
      const platformCourses = courses.filter((course) => course.title === title);
      const found = platformCourses.find((course) => course.nrpsUrl?.includes(`/${manner}/`));
      if (!found) throw new Error(`Waymark does not know ${key} (${contextOrId}) of ${manner}.`);
      return found.id;
    },
    person: async (key) => {
      const { sisId } = lms.manners.canvas.person(key);
      const [person] = sisId ? await findPeopleBySisId(institution, [sisId]) : [];
      if (!person) throw new Error(`Waymark does not know ${key}.`);
      return person.id;
    },
    settle: () => worker.idle(),
  };
}

/** Settings of a test's tool: development mode, a secret of its own. */
export function testEnv(publicUrl: string, uri: string): Env {
  return readEnv({
    NODE_ENV: 'test',
    PORT: '0',
    PUBLIC_URL: publicUrl,
    MONGODB_URI: uri,
    WAYMARK_SECRET: Buffer.from(newToken(32), 'base64url').toString('base64'),
    WAYMARK_ALLOW_INSECURE: '1',
    LOG_LEVEL: 'silent',
  });
}

async function listen(server: Server): Promise<string> {
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

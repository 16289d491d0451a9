/** The two tools of `launch`, connected to the practice LMS in the manner of Canvas and ready to be launched. */
import { randomBytes } from 'node:crypto';
import { composeWorker } from '../src/compose.ts';
import { connectSchool } from '../src/practice/connect.ts';
import type { Answer } from '../src/practice/visitor.ts';
import { findPeopleBySisId } from '../src/people/person.store.ts';
import { freePort, startChild, untilReady, type Child } from './process.ts';
import { startWaymark, type Bench } from './setup.ts';
import { fillPlan } from './students.ts';

export interface Tool {
  name: string;
  url: string;
  clientId: string;
  /** Keys of the people who launch. */
  students: string[];
  server(): Child;
  /** Ends the server and starts it again with its database commands counted. */
  restartCounted(): Promise<void>;
  isRight(page: Answer): boolean;
}

/** Waymark with its school: registered, approved, rosters read, every student's plan written. */
export async function connectWaymark(bench: Bench): Promise<Tool> {
  let server = await startWaymark(bench);
  const lms = bench.lms.manners.canvas;
  const worker = composeWorker(bench.deps);
  const institution = await connectSchool(bench.lms, bench.deps, worker);
  await worker.idle();
  await worker.stop();
  const students = await writePlans(bench, institution);
  return {
    name: 'Waymark',
    url: bench.env['PUBLIC_URL'] as string,
    clientId: lms.tools().at(-1)?.clientId ?? '',
    students,
    server: () => server,
    restartCounted: async () => {
      await server.stop();
      server = await startWaymark(bench, true);
    },
    isRight: ({ status, path }) => status === 200 && path === '/plan',
  };
}

async function writePlans(bench: Bench, institution: string): Promise<string[]> {
  const students = bench.lms.manners.canvas.people.filter(({ kind }) => kind === 'student');
  const sisIds = students.flatMap(({ sisId }) => sisId ?? []);
  for (const { id } of await findPeopleBySisId(institution, sisIds))
    await fillPlan(institution, id, new Date());
  return students.map(({ key }) => key);
}

/** The bare ltijs tool, registered by hand. */
export async function startLtijs(bench: Bench): Promise<Tool> {
  const url = `http://localhost:${await freePort()}`;
  const lms = bench.lms.manners.canvas;
  const settings = lms.registerTool({
    name: 'Bare ltijs',
    loginUrl: `${url}/login`,
    launchUrls: [`${url}/`],
    jwksUrl: `${url}/keys`,
  });
  const platform = {
    url: settings.issuer,
    name: settings.accountName,
    clientId: settings.clientId,
    authenticationEndpoint: settings.authorizationEndpoint,
    accesstokenEndpoint: settings.tokenEndpoint,
    authConfig: { method: 'JWK_SET', key: settings.jwksUri },
  };
  const env = {
    PORT: new URL(url).port,
    BENCH_KEY: randomBytes(24).toString('hex'),
    BENCH_PLATFORM: JSON.stringify(platform),
  };
  const start = async (counted: boolean): Promise<Child> => {
    const child = startChild({
      file: bench.build.file('bench/baseline/ltijs.ts'),
      env: { ...env, MONGODB_URI: bench.database('ltijs', counted) },
      preload: [bench.build.file('bench/child/probe.ts')],
    });
    bench.atEnd(child.stop);
    // Without a token its pages answer 401: then it is there.
    await untilReady(child, `${url}/`, (status) => status === 401);
    return child;
  };
  let server = await start(false);
  return {
    name: 'ltijs',
    url,
    clientId: settings.clientId,
    students: lms.people.filter(({ kind }) => kind === 'student').map(({ key }) => key),
    server: () => server,
    restartCounted: async () => {
      await server.stop();
      server = await start(true);
    },
    isRight: ({ status, text }) => status === 200 && text === 'welcome',
  };
}

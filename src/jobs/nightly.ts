import type { EventEmitter } from 'node:events';
import { Agenda } from 'agenda';
import { MongoBackend } from '@agendajs/mongo-backend';
import mongoose from 'mongoose';
import { connectedCourses } from '../courses/course.service.ts';
import { removeLeftOverFiles } from '../files/file.service.ts';
import { listInstitutions } from '../institutions/institution.store.ts';
import type { Log } from '../shared/log.ts';
import { requestRoster } from './requests.ts';

/** Every school's courses once a night; the requests are spread over an hour so that no LMS meets them at once. */
const SPREAD_MS = 60 * 60_000;

type NightlyRun = (now: Date, log: Log) => Promise<unknown>;

/** What runs each night, by cron expression. */
const NIGHTLY: readonly { name: string; at: string; run: NightlyRun }[] = [
  { name: 'nightly rosters', at: '30 2 * * *', run: requestAllRosters },
  { name: 'left over files', at: '10 3 * * *', run: removeAllLeftOverFiles },
];

/** Starts the timers. Agenda runs each once over all processes. */
export async function startTimers(log: Log): Promise<() => Promise<void>> {
  const db = mongoose.connection.db;
  if (!db) throw new Error('The timers need a connected database.');
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db as never, collection: 'timers' }),
    processEvery: '1 minute',
  });
  logFaults(agenda, log);
  for (const { name, run } of NIGHTLY)
    agenda.define(name, (_job, done) => void nightly(name, run, log, done));
  await agenda.start();
  for (const { name, at } of NIGHTLY) await agenda.every(at, name);
  return () => agenda.stop();
}

/** A timer that fails is tried at its next time. Without a listener node would end the process at an `error`. */
export function logFaults(timers: EventEmitter, log: Log): void {
  timers.on('error', (error: unknown) => log.error({ error: stackOf(error) }, 'the timers stumbled'));
  timers.on('fail', (error: unknown) => log.error({ error: stackOf(error) }, 'a timer failed'));
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : 'unknown';
}

/** Agenda wants to be called back, not to be given a promise. */
async function nightly(
  name: string,
  run: NightlyRun,
  log: Log,
  done: (error?: Error) => void,
): Promise<void> {
  try {
    await run(new Date(), log);
    done();
  } catch (error) {
    done(error instanceof Error ? error : new Error(`${name} failed`));
  }
}

/** Removes what failed uploads and crashes left. @returns how many files, over all schools. */
export async function removeAllLeftOverFiles(now: Date, log: Log): Promise<number> {
  let files = 0;
  for (const { id } of await listInstitutions()) files += await removeLeftOverFiles(id, now);
  log.info({ files }, 'left over files were removed');
  return files;
}

/** Asks for a roster run of every course that has a roster. @returns how many. */
export async function requestAllRosters(now: Date, log: Log): Promise<number> {
  let asked = 0;
  for (const { id: institution } of await listInstitutions())
    for await (const course of connectedCourses(institution)) {
      await requestRoster(course, new Date(now.getTime() + ((asked * 7_919) % SPREAD_MS)));
      asked += 1;
    }
  log.info({ courses: asked }, 'nightly rosters were asked for');
  return asked;
}

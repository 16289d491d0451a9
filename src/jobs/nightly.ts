import { Agenda } from 'agenda';
import { MongoBackend } from '@agendajs/mongo-backend';
import mongoose from 'mongoose';
import { listConnectedCourses } from '../courses/course.service.ts';
import { listInstitutions } from '../institutions/institution.store.ts';
import type { Log } from '../shared/log.ts';
import { requestRoster } from './requests.ts';

/** Every school's courses once a night; the requests are spread over an hour so that no LMS meets them at once. */
const SPREAD_MS = 60 * 60_000;

/** Starts the timers. Agenda runs each once over all processes. */
export async function startTimers(log: Log): Promise<() => Promise<void>> {
  const db = mongoose.connection.db;
  if (!db) throw new Error('The timers need a connected database.');
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db as never, collection: 'timers' }),
    processEvery: '1 minute',
  });
  agenda.define('nightly rosters', (_job, done) => void nightly(log, done));
  await agenda.start();
  await agenda.every('30 2 * * *', 'nightly rosters');
  return () => agenda.stop();
}

/** Agenda wants to be called back, not to be given a promise. */
async function nightly(log: Log, done: (error?: Error) => void): Promise<void> {
  try {
    await requestAllRosters(new Date(), log);
    done();
  } catch (error) {
    done(error instanceof Error ? error : new Error('the nightly rosters failed'));
  }
}

/** Asks for a roster run of every course that has a roster. @returns how many. */
export async function requestAllRosters(now: Date, log: Log): Promise<number> {
  let asked = 0;
  for (const { id: institution } of await listInstitutions())
    for (const course of await listConnectedCourses(institution)) {
      await requestRoster(course, new Date(now.getTime() + ((asked * 7_919) % SPREAD_MS)));
      asked += 1;
    }
  log.info({ courses: asked }, 'nightly rosters were asked for');
  return asked;
}

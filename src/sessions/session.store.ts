import type { mongo } from 'mongoose';
import { defineModel, plain } from '../shared/model.ts';
import { ABSOLUTE_MS, type Session } from './session.ts';

type SessionDoc = Omit<Session, 'id'> & { _id: string };

const Sessions = defineModel<SessionDoc>({
  name: 'sessions',
  tenancy: { global: 'a session is found by its token, and then says which institution it is in' },
  fields: {
    institution: { type: String, required: true },
    person: { type: String, required: true },
    platform: { type: String, required: true },
    deployment: { type: String, required: true },
    name: { type: String, required: true },
    administrator: { type: Boolean, required: true },
    testUser: { type: Boolean, required: true },
    masquerader: { type: String, default: null },
    csrf: { type: String, required: true },
    locale: { type: String, required: true },
    zone: { type: String, required: true },
    returnUrl: { type: String, default: null },
    frameOrigin: { type: String, default: null },
    frameAncestors: { type: [String], required: true },
    standing: { type: String, required: true },
    createdAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
  },
  indexes: [
    [{ createdAt: 1 }, { expireAfterSeconds: ABSOLUTE_MS / 1000 }],
    [{ institution: 1, person: 1 }],
    [{ deployment: 1 }],
  ],
  registry: [
    {
      fields: [
        'person',
        'platform',
        'deployment',
        'name',
        'administrator',
        'testUser',
        'masquerader',
        'csrf',
        'locale',
        'zone',
        'returnUrl',
        'frameOrigin',
        'frameAncestors',
        'standing',
        'createdAt',
        'seenAt',
      ],
      purpose: 'keep a person signed in after a launch',
      audience: 'system',
      retention: 'session',
    },
  ],
});

/** The driver's own collection: every request comes here, and there is nothing to convert or to guard. */
const sessions = (): mongo.Collection<SessionDoc> => Sessions.collection as never;

export async function addSession(session: Session): Promise<void> {
  const { id, ...fields } = session;
  await sessions().insertOne({ _id: id, ...fields });
}

export async function findSession(id: string): Promise<Session | null> {
  const doc = await sessions().findOne({ _id: id });
  return doc && plain(doc);
}

export async function touchSession(id: string, now: Date): Promise<void> {
  await Sessions.updateOne({ _id: id }, { $max: { seenAt: now } });
}

export async function endSession(id: string): Promise<void> {
  await Sessions.deleteOne({ _id: id });
}

/** Ends every session of these people, e.g. when the roster no longer lists them. */
export async function endSessionsOf(institution: string, people: readonly string[]): Promise<void> {
  if (people.length > 0) await Sessions.deleteMany({ institution, person: { $in: [...people] } });
}

/** Ends every session of a deployment that was removed. */
export async function endSessionsOfDeployment(deployment: string): Promise<void> {
  await Sessions.deleteMany({ deployment });
}

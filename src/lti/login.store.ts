import type { mongo } from 'mongoose';
import { defineModel, plain } from '../shared/model.ts';
import type { LoginRecord } from './login.ts';

type LoginDoc = Omit<LoginRecord, 'id'> & { _id: string };

const Logins = defineModel<LoginDoc>({
  name: 'logins',
  tenancy: { global: 'a login is answered before the school of the launch is known' },
  fields: {
    platform: { type: String, required: true },
    nonceHash: { type: String, required: true },
    browserHash: { type: String, required: true },
    params: {
      iss: String,
      login_hint: String,
      target_link_uri: String,
      client_id: String,
      lti_message_hint: String,
      lti_deployment_id: String,
      lti_storage_target: String,
    },
    startedAt: { type: String, default: null },
    expiresAt: { type: Date, required: true },
  },
  indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
  registry: [
    {
      fields: [
        'platform',
        'nonceHash',
        'browserHash',
        'params.iss',
        'params.login_hint',
        'params.target_link_uri',
        'params.client_id',
        'params.lti_message_hint',
        'params.lti_deployment_id',
        'params.lti_storage_target',
        'startedAt',
        'expiresAt',
      ],
      purpose: 'bind a launch to the login it answers',
      audience: 'system',
      retention: 'minutes',
    },
  ],
});

/** The driver's own collection: every launch comes here, and there is nothing to convert or to guard. */
const logins = (): mongo.Collection<LoginDoc> => Logins.collection as never;

export async function addLogin(login: LoginRecord): Promise<void> {
  const { id, ...fields } = login;
  await logins().insertOne({ _id: id, ...fields });
}

/** Takes the login away; of many launches at once exactly one gets it. */
export async function consumeLogin(id: string, now: Date): Promise<LoginRecord | null> {
  const doc = await logins().findOneAndDelete({ _id: id, expiresAt: { $gt: now } });
  return doc && plain(doc);
}

/** Looks without taking: to see whether the LMS keeps a proof for a browser without cookies. */
export async function peekLogin(id: string, now: Date): Promise<LoginRecord | null> {
  const doc = await Logins.findOne({ _id: id, expiresAt: { $gt: now } }).lean<LoginDoc>();
  return doc && plain(doc);
}

import { defineModel, plain } from '../shared/model.ts';
import type { DeepLinkSettings } from './launch.ts';

/** A deep-linking launch that waits for the advisor's choice; answered once. */
export interface DeepLinkRequest {
  id: string;
  institution: string;
  person: string;
  course: string;
  platform: string;
  deploymentId: string;
  settings: DeepLinkSettings;
  expiresAt: Date;
}
type RequestDoc = Omit<DeepLinkRequest, 'id'> & { _id: string };

/** As long as a session may last: choosing tasks is not a matter of minutes. */
const LIFETIME_MS = 12 * 60 * 60_000;

const Requests = defineModel<RequestDoc>({
  name: 'deepLinkRequests',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    course: { type: String, required: true },
    platform: { type: String, required: true },
    deploymentId: { type: String, required: true },
    settings: {
      returnUrl: { type: String, required: true },
      acceptTypes: { type: [String], required: true },
      acceptMultiple: { type: Boolean, required: true },
      acceptLineItem: { type: Boolean, required: true },
      data: { type: String, default: null },
    },
    expiresAt: { type: Date, required: true },
  },
  indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
  registry: [
    {
      fields: [
        'person',
        'course',
        'platform',
        'deploymentId',
        'settings.returnUrl',
        'settings.acceptTypes',
        'settings.acceptMultiple',
        'settings.acceptLineItem',
        'settings.data',
        'expiresAt',
      ],
      purpose: 'answer the LMS with the tasks an advisor chooses',
      audience: 'system',
      retention: 'session',
    },
  ],
});

export async function rememberDeepLinkRequest(
  request: Omit<DeepLinkRequest, 'id' | 'expiresAt'>,
  now: Date,
): Promise<string> {
  const doc = await Requests.create({ ...request, expiresAt: new Date(now.getTime() + LIFETIME_MS) });
  return doc._id;
}

/** The request, if it is this person's own. */
export async function findDeepLinkRequest(
  institution: string,
  person: string,
  id: string,
  now: Date,
): Promise<DeepLinkRequest | null> {
  const doc = await Requests.findOne({
    institution,
    person,
    _id: id,
    expiresAt: { $gt: now },
  }).lean<RequestDoc>();
  return doc && plain(doc);
}

/** Answered: it cannot be answered again. @returns false when it was already. */
export async function closeDeepLinkRequest(institution: string, id: string): Promise<boolean> {
  return (await Requests.deleteOne({ institution, _id: id })).deletedCount === 1;
}

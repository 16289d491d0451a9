import { defineModel, plain } from '../shared/model.ts';

/** A one-time link by which one school connects one LMS. Only the hash of its token is kept. */
export interface Invite {
  id: string;
  tokenHash: string;
  institution: string;
  expiresAt: Date;
  usedAt: Date | null;
  /** How often it was tried; a failed try gives it back, but not for ever. */
  tries: number;
  createdAt: Date;
}
type InviteDoc = Omit<Invite, 'id'> & { _id: string };

const MOST_TRIES = 5;

const Invites = defineModel<InviteDoc>({
  name: 'invites',
  tenancy: { global: 'an invite is looked up by its hash before its school is known' },
  fields: {
    tokenHash: { type: String, required: true },
    institution: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
    tries: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  indexes: [
    [{ tokenHash: 1 }, { unique: true }],
    [{ expiresAt: 1 }, { expireAfterSeconds: 0 }],
  ],
  registry: [
    {
      fields: ['tokenHash', 'institution', 'expiresAt', 'usedAt', 'tries', 'createdAt'],
      purpose: 'let one LMS register itself for one school, once',
      audience: 'operator',
      retention: 'days',
    },
  ],
});

export async function addInvite(invite: Omit<Invite, 'id'>): Promise<void> {
  await Invites.create(invite);
}

const open = (tokenHash: string, now: Date): object => ({
  tokenHash,
  usedAt: null,
  expiresAt: { $gt: now },
  tries: { $lt: MOST_TRIES },
});

/** An invite that can still be used. */
export async function findOpenInvite(tokenHash: string, now: Date): Promise<Invite | null> {
  const doc = await Invites.findOne(open(tokenHash, now)).lean<InviteDoc>();
  return doc && plain(doc);
}

/** Takes the invite: of any number of callers at once, exactly one gets it. */
export async function takeInvite(tokenHash: string, now: Date): Promise<Invite | null> {
  const doc = await Invites.findOneAndUpdate(open(tokenHash, now), {
    $set: { usedAt: now },
    $inc: { tries: 1 },
  }).lean<InviteDoc>();
  return doc && plain(doc);
}

/** Gives an invite back after the LMS failed before anything was registered. */
export async function giveBackInvite(id: string): Promise<void> {
  await Invites.updateOne({ _id: id }, { $set: { usedAt: null } });
}

import type { Response } from 'express';
import { hashOf } from '../shared/crypto.ts';
import { Conflict, Invalid } from '../shared/errors.ts';
import type { Session } from '../sessions/session.ts';
import { claimKey, finishKey, releaseKey } from './idempotency.store.ts';

const KEY = /^[A-Za-z0-9_-]{16,64}$/;

/** A key whose post never ended (the process died) may be used again after this long. */
const ABANDONED_MS = 60_000;

/**
 * Runs a post once per key. A second post with the same key (double click, Back, a retry after a lost
 * answer) is answered with the first one's redirect.
 */
export async function once(
  session: Session,
  key: unknown,
  now: Date,
  res: Response,
  work: () => Promise<void>,
): Promise<void> {
  if (typeof key !== 'string' || !KEY.test(key))
    throw new Invalid([{ field: '_key', message: 'This form is too old. Open the page again.' }], {
      status: 400,
    });
  const id = hashOf(`${session.person}/${res.req.path}/${key}`);
  const claim = { id, institution: session.institution, person: session.person };
  const earlier = await claimKey(claim, now);
  if (!earlier) return run(claim, res, work);
  if (earlier.state === 'done') return res.redirect(303, earlier.location ?? '/');
  if (now.getTime() - earlier.at.getTime() > ABANDONED_MS) return run(claim, res, work);
  throw new Conflict(
    'This was sent a moment ago and is still being saved. Wait a second, then reload the page.',
  );
}

async function run(
  claim: { id: string; institution: string },
  res: Response,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await releaseKey(claim.institution, claim.id);
    throw error;
  }
  const location = res.statusCode === 303 ? String(res.getHeader('Location') ?? '/') : null;
  if (location) await finishKey(claim.institution, claim.id, location);
  else await releaseKey(claim.institution, claim.id);
}

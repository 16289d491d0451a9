import type { Request } from 'express';
import { Forbidden } from '../shared/errors.ts';
import { sameText } from '../shared/crypto.ts';
import type { Session } from '../sessions/session.ts';

/** Thrown when a form belongs to another session; what was typed is shown again to be copied. */
export class StaleForm extends Forbidden {
  readonly kept: Record<string, string>;
  constructor(detail: string, kept: Record<string, string>) {
    super(
      detail,
      'You were signed in again after this page was opened, so it was not saved. Your words are below.',
    );
    this.kept = kept;
  }
}

/**
 * A post must come from our own page (Origin, Sec-Fetch-Site) and, in a session, carry that session's
 * token (quality.md C2). `Origin: null` is never ours: our Referrer-Policy is same-origin.
 */
export function assertOwnPost(req: Request, publicOrigin: string): void {
  const site = req.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin')
    throw new Forbidden(`sec-fetch-site ${site.slice(0, 20)}`);
  const origin = req.get('origin');
  if (origin !== undefined && origin !== publicOrigin) throw new Forbidden('a post from another origin');
  if (origin === undefined && site === undefined)
    throw new Forbidden('a post without Origin and Sec-Fetch-Site');
}

/** @throws StaleForm when the form's token is another session's. */
export function assertToken(
  session: Session,
  body: Record<string, unknown>,
  header: string | undefined,
): void {
  const token = header ?? body['_csrf'];
  if (typeof token === 'string' && sameText(token, session.csrf)) return;
  throw new StaleForm('the form token is not this session’s', keptWords(body));
}

function keptWords(body: Record<string, unknown>): Record<string, string> {
  const typed = Object.entries(body).filter(
    ([name, value]) => !name.startsWith('_') && typeof value === 'string' && value !== '',
  );
  return Object.fromEntries(typed as [string, string][]);
}

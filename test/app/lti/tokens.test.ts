import { setTimeout as pause } from 'node:timers/promises';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { createKeys } from '../../../src/lti/keys.service.ts';
import { SCOPES } from '../../../src/lti/scopes.ts';
import { createTokens, type Tokens } from '../../../src/lti/tokens.service.ts';
import { createSealer, newToken, type Sealer } from '../../../src/shared/crypto.ts';
import mongoose from 'mongoose';
import { useDatabase } from '../../support/db.ts';
import { toolPairSource } from '../../support/keyPairs.ts';
import { aPlatform, json, serve } from '../../support/lmsServer.ts';

useDatabase();

const aSealer = (): Sealer => createSealer([Buffer.from(newToken(32), 'base64url').toString('base64')]);

/** One process's view of the tokens: several share the database, not the memory. */
function aProcess(sealer: Sealer): Tokens {
  return createTokens({ keys: createKeys(sealer, toolPairSource()), sealer, allowInsecure: true });
}

const good = { access_token: 'secret-token', token_type: 'bearer', expires_in: 3600 };

describe('access tokens', () => {
  test('the assertion is signed with the published key and says what the specification asks', async () => {
    const sealer = aSealer();
    const keys = createKeys(sealer, toolPairSource());
    const lms = await serve((_, response) => json(response, good));
    const platform = aPlatform(lms.origin, { tokenAudience: 'https://audience.example/token' });
    await createTokens({ keys, sealer, allowInsecure: true }).tokenFor(platform, [SCOPES.score]);
    const form = new URLSearchParams(lms.seen[0]?.body);
    expect(form.get('scope')).toBe(SCOPES.score);
    const { payload } = await jwtVerify(
      form.get('client_assertion') as string,
      createLocalJWKSet(await keys.publicKeySet()),
      { audience: 'https://audience.example/token', issuer: 'client-1', subject: 'client-1' },
    );
    expect(payload.jti).toBeTypeOf('string');
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(300);
    expect(payload.iat).toBeLessThan(Date.now() / 1_000);
  });

  test('a hundred callers in three processes make one request', async () => {
    const sealer = aSealer();
    const lms = await serve((_, response) => void pause(200).then(() => json(response, good)));
    const platform = aPlatform(lms.origin);
    const processes = [aProcess(sealer), aProcess(sealer), aProcess(sealer)];
    const tokens = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (processes[index % 3] as Tokens).tokenFor(platform, [SCOPES.roster]),
      ),
    );
    expect(new Set(tokens)).toEqual(new Set(['secret-token']));
    expect(lms.seen).toHaveLength(1);
  });

  test('each set of scopes has its own token, whatever their order', async () => {
    const lms = await serve((_, response) => json(response, good));
    const platform = aPlatform(lms.origin);
    const tokens = aProcess(aSealer());
    await tokens.tokenFor(platform, [SCOPES.score, SCOPES.lineItem]);
    await tokens.tokenFor(platform, [SCOPES.lineItem, SCOPES.score]);
    await tokens.tokenFor(platform, [SCOPES.roster]);
    expect(lms.seen).toHaveLength(2);
  });

  test('a token is renewed a minute before its end, and one without a life after a while', async () => {
    const lms = await serve((seen, response) =>
      json(response, { ...good, expires_in: seen.body.includes('score') ? 60 : undefined }),
    );
    const platform = aPlatform(lms.origin);
    const tokens = aProcess(aSealer());
    await tokens.tokenFor(platform, [SCOPES.score]);
    await pause(1_100);
    await tokens.tokenFor(platform, [SCOPES.score]);
    expect(lms.seen).toHaveLength(2);
    await tokens.tokenFor(platform, [SCOPES.roster]);
    await tokens.tokenFor(platform, [SCOPES.roster]);
    expect(lms.seen).toHaveLength(3);
  });

  test('a dropped token is fetched anew by everyone', async () => {
    let count = 0;
    const lms = await serve((_, response) => json(response, { ...good, access_token: `token-${++count}` }));
    const platform = aPlatform(lms.origin);
    const sealer = aSealer();
    const [one, other] = [aProcess(sealer), aProcess(sealer)];
    expect(await one.tokenFor(platform, [SCOPES.score])).toBe('token-1');
    await one.drop(platform, [SCOPES.score], await one.tokenFor(platform, [SCOPES.score]));
    expect(await one.tokenFor(platform, [SCOPES.score])).toBe('token-2');
    expect(await other.tokenFor(platform, [SCOPES.score])).toBe('token-2');
  });

  test('nothing readable is stored, and a row moved to another platform does not open', async () => {
    const lms = await serve((_, response) => json(response, good));
    const [a, b] = [aPlatform(lms.origin), aPlatform(lms.origin)];
    const sealer = aSealer();
    await aProcess(sealer).tokenFor(a, [SCOPES.score]);
    const rows = mongoose.connection.collection<{ _id: string; sealed: string }>('accessTokens');
    const row = await rows.findOne({});
    expect(JSON.stringify(row)).not.toContain('secret-token');
    await rows.insertOne({ ...row, _id: String(row?._id).replace(a.id, b.id) } as never);
    await expect(aProcess(sealer).tokenFor(b, [SCOPES.score])).rejects.toThrow('does not open');
  });

  test('of many calls refused at once only the first renews', async () => {
    let count = 0;
    const lms = await serve((_, response) => json(response, { ...good, access_token: `token-${++count}` }));
    const [platform, tokens] = [aPlatform(lms.origin), aProcess(aSealer())];
    const refused = await tokens.tokenFor(platform, [SCOPES.score]);
    for (let call = 0; call < 3; call += 1) {
      await tokens.drop(platform, [SCOPES.score], refused);
      expect(await tokens.tokenFor(platform, [SCOPES.score])).toBe('token-2');
    }
    expect(lms.seen).toHaveLength(2);
  });

  test('Moodle may serve it as text/html', async () => {
    const lms = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(JSON.stringify(good));
    });
    expect(await aProcess(aSealer()).tokenFor(aPlatform(lms.origin), [SCOPES.score])).toBe('secret-token');
  });

  test.each([
    ['a refused client', 400, { error: 'invalid_client' }, 'unauthorized'],
    ['a refused scope', 400, { error: 'invalid_scope' }, 'missing-scope'],
    ['another token type', 200, { ...good, token_type: 'mac' }, 'bad-answer'],
    ['no token', 200, { token_type: 'Bearer' }, 'bad-answer'],
    ['a token for something else', 200, { ...good, scope: SCOPES.roster }, 'missing-scope'],
    ['an outage', 503, {}, 'server-error'],
  ])('%s ends in a reason, and the next caller need not wait', async (_name, status, body, reason) => {
    const lms = await serve((_, response) => json(response, body, { status }));
    const tokens = aProcess(aSealer());
    const platform = aPlatform(lms.origin);
    await expect(tokens.tokenFor(platform, [SCOPES.score])).rejects.toMatchObject({ reason });
    await expect(tokens.tokenFor(platform, [SCOPES.score])).rejects.toMatchObject({ reason });
    expect(lms.seen).toHaveLength(2);
  });
});

import {
  generateKeyPairSync,
  sign as signBytes,
  webcrypto,
  createPublicKey,
  type JsonWebKey,
} from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../../../src/shared/crypto.ts';
import { claim } from '../../../src/practice/uris.ts';
import type { MannerHandle } from '../../../src/practice/handle.ts';
import type { Claims } from '../../../src/practice/signing.ts';
import {
  countIn,
  countStored,
  forge,
  hmac,
  keyFetches,
  launch,
  MANNERS,
  open,
  postLaunch,
  rostersAreIn,
  sessionCookieOf,
  startLogin,
  tokenFor,
  type Fields,
  type LaunchRequest,
} from '../../support/door.ts';
import { useSchool } from '../../support/school.ts';

/** Every row A of quality.md that is about a single launch, in the shapes of the three LMSs. */

let ahead = 0;
const school = useSchool({ clock: () => new Date(Date.now() + ahead) });
const seconds = (): number => Math.floor(Date.now() / 1000);

interface Place {
  lms: MannerHandle;
  other: MannerHandle;
  tool: string;
}

interface Case {
  name: string;
  status: number;
  /** Changes the claims, or returns others. */
  claims?: (claims: Claims, place: Place) => Claims | void;
  header?: Record<string, unknown>;
  /** Makes the whole token out of a good one. */
  token?: (token: string, place: Place) => string | Promise<string>;
  /** Changes what is posted. */
  form?: (form: { id_token: string; state: string }, place: Place) => Fields | Promise<Fields>;
  cookie?: (cookie: string) => string | undefined;
  /** The login is not answered at all: its record stays, and nothing may have been fetched. */
  untouched?: true;
  /** The claims are those of a deep-linking launch. */
  deep?: true;
}

const set =
  (name: string, value: unknown) =>
  (claims: Claims): void => {
    claims[name] = value;
  };
const without =
  (name: string) =>
  (claims: Claims): void => {
    delete claims[name];
  };

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const ownJwk = rsa.publicKey.export({ format: 'jwk' });

const byOwnKey = (input: string): string =>
  signBytes('sha256', Buffer.from(input), rsa.privateKey).toString('base64url');

/** A good token's claims under another header, signed as said. */
const resigned =
  (header: (old: Record<string, unknown>) => object, sign?: (input: string) => string) =>
  (token: string): string => {
    const { header: old, claims } = open(token);
    return forge(header(old), claims, sign);
  };

/** Signed by the LMS's real key, whatever the header says. */
const byLmsKey =
  (header: (old: Record<string, unknown>) => object, payload?: (claims: Claims) => object | string) =>
  async (token: string, { lms }: Place): Promise<string> => {
    const { header: old, claims } = open(token);
    const input = forge(header(old), payload?.(claims) ?? claims).slice(0, -1);
    const { privateKey } = lms.state.keys.current();
    const signature = await webcrypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, Buffer.from(input));
    return `${input}.${Buffer.from(signature).toString('base64url')}`;
  };
const payload = (text: (claims: Claims) => object | string) => byLmsKey((header) => header, text);

/** HMAC with what everybody can read of the LMS's key. */
const confused =
  (secret: (jwk: JsonWebKey) => string | Buffer, alg = 'HS256', hash = 'sha256') =>
  (token: string, { lms }: Place): string => {
    const jwk = lms.publicKeys().at(-1) as JsonWebKey;
    return resigned((header) => ({ ...header, alg }), hmac(secret(jwk), hash))(token);
  };
const pem = (jwk: JsonWebKey): string =>
  createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const inserted = (name: string, json: string) =>
  payload((claims) => `${JSON.stringify(claims).slice(0, -1)},${JSON.stringify(name)}:${json}}`);

const nonceAndState: Case[] = [
  { name: 'A3 no nonce', status: 401, claims: without('nonce') },
  { name: 'A3 an empty nonce', status: 401, claims: set('nonce', '') },
  { name: 'A3 a nonce of our own making', status: 401, claims: set('nonce', 'x'.repeat(43)) },
  { name: 'A3 a nonce that is a number', status: 401, claims: set('nonce', 7) },
  {
    name: 'A3 a nonce that is an array',
    status: 401,
    claims: (claims) => set('nonce', [claims['nonce']])(claims),
  },
  {
    name: 'A3 a nonce with a blank after it',
    status: 401,
    claims: (claims) => set('nonce', `${String(claims['nonce'])} `)(claims),
  },
  {
    name: 'A3 the hash of the nonce',
    status: 401,
    claims: (claims) => set('nonce', hashOf(String(claims['nonce'])))(claims),
  },
  { name: 'A4 no state', status: 401, form: ({ id_token }) => ({ id_token }), untouched: true },
  {
    name: 'A4 an empty state',
    status: 401,
    form: ({ id_token }) => ({ id_token, state: '' }),
    untouched: true,
  },
  {
    name: 'A4 a state with a blank',
    status: 401,
    form: ({ id_token }) => ({ id_token, state: 'a b' }),
    untouched: true,
  },
  {
    name: 'A4 an unknown state',
    status: 401,
    form: ({ id_token }) => ({ id_token, state: 'x'.repeat(43) }),
    untouched: true,
  },
  {
    name: 'A4 the hash of the state',
    status: 401,
    form: ({ id_token, state }) => ({ id_token, state: hashOf(state) }),
    untouched: true,
  },
  {
    name: 'A4 a state of 10 KB',
    status: 401,
    form: ({ id_token }) => ({ id_token, state: 'x'.repeat(10_000) }),
    untouched: true,
  },
  {
    name: 'A4 a state with NUL',
    status: 401,
    form: ({ id_token, state }) => ({ id_token, state: `${state}\u0000` }),
    untouched: true,
  },
  {
    name: 'A4 two states',
    status: 400,
    form: ({ id_token, state }) => [
      ['id_token', id_token],
      ['state', state],
      ['state', state],
    ],
    untouched: true,
  },
  {
    name: 'D1 a state that is an operator',
    status: 401,
    form: ({ id_token }) => ({ id_token, 'state[$ne]': 'x' }),
    untouched: true,
  },
  {
    name: 'A5 another browser’s secret',
    status: 401,
    cookie: (cookie) => `${cookie.split('=')[0]}=${'x'.repeat(43)}`,
  },
  {
    name: 'A5 the hash of the secret',
    status: 401,
    cookie: (cookie) => `${cookie.split('=')[0]}=${hashOf(cookie.split('=')[1] ?? '')}`,
  },
  { name: 'A5 an empty cookie', status: 401, cookie: (cookie) => `${cookie.split('=')[0]}=` },
  {
    name: 'A5 a proof that storage never held',
    status: 401,
    form: (form) => ({ ...form, proof: 'x'.repeat(43) }),
    cookie: () => undefined,
  },
  { name: 'no id_token', status: 400, form: ({ state }) => ({ state }), untouched: true },
  { name: 'an empty id_token', status: 400, form: ({ state }) => ({ state, id_token: '' }), untouched: true },
  {
    name: 'two id_tokens',
    status: 400,
    form: ({ id_token, state }) => [
      ['id_token', id_token],
      ['id_token', id_token],
      ['state', state],
    ],
    untouched: true,
  },
  {
    name: 'an id_token of 150 KB',
    status: 400,
    form: ({ id_token, state }) => ({ state, id_token: id_token + 'x'.repeat(150_000) }),
    untouched: true,
  },
  {
    name: 'A19 an id_token of 1 MB',
    status: 413,
    form: ({ id_token, state }) => ({ state, id_token: id_token + 'x'.repeat(1_000_000) }),
    untouched: true,
  },
  {
    name: 'an LTI 1.1 launch',
    status: 400,
    form: () => ({
      lti_message_type: 'basic-lti-launch-request',
      lti_version: 'LTI-1p0',
      oauth_consumer_key: 'k',
      user_id: 'u',
      roles: 'Instructor',
    }),
    untouched: true,
  },
];

const signatures: Case[] = [
  { name: 'not a token', status: 401, token: () => 'not-a-token' },
  { name: 'a token of two parts', status: 401, token: (token) => token.split('.').slice(0, 2).join('.') },
  { name: 'a token of five parts (JWE)', status: 401, token: (token) => `${token}.a.b` },
  {
    name: 'a header that is no JSON',
    status: 401,
    token: (token) => `AAAA${token.slice(token.indexOf('.'))}`,
  },
  {
    name: 'a header that is a list',
    status: 401,
    token: (token) => forge('[]', open(token).claims, byOwnKey),
  },
  { name: 'a payload that is no JSON', status: 401, token: payload(() => 'x') },
  { name: 'a payload that is a list', status: 401, token: payload((claims) => JSON.stringify([claims])) },
  { name: 'a payload that is null', status: 401, token: payload(() => 'null') },
  { name: 'a payload that is text', status: 401, token: payload(() => '"x"') },
  { name: 'no signature', status: 401, token: (token) => `${token.split('.').slice(0, 2).join('.')}.` },
  { name: 'half a signature', status: 401, token: (token) => token.slice(0, -100) },
  {
    name: 'a signature with one bit turned',
    status: 401,
    token: (token) => token.slice(0, -20) + (token.at(-20) === 'A' ? 'B' : 'A') + token.slice(-19),
  },
  {
    name: 'other claims under a real signature',
    status: 401,
    token: (token) => {
      const [header, , signature] = token.split('.');
      return `${header}.${Buffer.from(JSON.stringify({ ...open(token).claims, sub: 'admin' })).toString('base64url')}.${signature}`;
    },
  },
  {
    name: 'another header under a real signature',
    status: 401,
    token: (token) => {
      const [, claims, signature] = token.split('.');
      return `${Buffer.from(JSON.stringify({ ...open(token).header, x: 1 })).toString('base64url')}.${claims}.${signature}`;
    },
  },
  { name: 'another key under the LMS’s kid', status: 401, token: resigned((header) => header, byOwnKey) },
  ...['none', 'None', 'NONE', 'nOnE', ''].map((alg): Case => ({
    name: `A8 alg ${JSON.stringify(alg)}`,
    status: 401,
    token: resigned((header) => ({ ...header, alg })),
  })),
  {
    name: 'A8 alg none, still signed',
    status: 401,
    token: byLmsKey((header) => ({ ...header, alg: 'none' })),
  },
  { name: 'A8 no alg', status: 401, token: byLmsKey(({ alg: _alg, ...header }) => header) },
  { name: 'A8 alg as a list', status: 401, token: byLmsKey((header) => ({ ...header, alg: ['RS256'] })) },
  ...['rs256', 'RS256 ', 'RS384', 'RS512', 'PS256', 'ES256', 'EdDSA', 'RSA-OAEP'].map((alg): Case => ({
    name: `A8 alg ${JSON.stringify(alg)} by the LMS’s key`,
    status: 401,
    token: byLmsKey((header) => ({ ...header, alg })),
  })),
  { name: 'A8 HS256 with the public key as PEM', status: 401, token: confused(pem) },
  { name: 'A8 HS256 with the public key as JWK', status: 401, token: confused((jwk) => JSON.stringify(jwk)) },
  {
    name: 'A8 HS256 with the modulus',
    status: 401,
    token: confused((jwk) => Buffer.from(jwk.n ?? '', 'base64url')),
  },
  { name: 'A8 HS256 with an empty secret', status: 401, token: confused(() => '') },
  { name: 'A8 HS512 with the public key', status: 401, token: confused(pem, 'HS512', 'sha512') },
  { name: 'A8 HMAC under the name RS256', status: 401, token: confused(pem, 'RS256') },
  {
    name: 'A8 ES256 by a key of our own',
    status: 401,
    token: resigned(
      (header) => ({ ...header, alg: 'ES256' }),
      (input) =>
        signBytes('sha256', Buffer.from(input), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }).toString(
          'base64url',
        ),
    ),
  },
  {
    name: 'A8 ES256 with a signature of zeros',
    status: 401,
    token: resigned(
      (header) => ({ ...header, alg: 'ES256' }),
      () => Buffer.alloc(64).toString('base64url'),
    ),
  },
  {
    name: 'A8 EdDSA by a key of our own',
    status: 401,
    token: resigned(
      (header) => ({ ...header, alg: 'EdDSA' }),
      (input) => signBytes(null, Buffer.from(input), ed.privateKey).toString('base64url'),
    ),
  },
  {
    name: 'A9 its own key in the header (jwk)',
    status: 401,
    token: resigned((header) => ({ ...header, jwk: ownJwk }), byOwnKey),
  },
  {
    name: 'A9 its own key in the header, without kid',
    status: 401,
    token: resigned(() => ({ alg: 'RS256', jwk: ownJwk }), byOwnKey),
  },
  {
    name: 'A9 an address for keys (jku)',
    status: 401,
    token: (token, { lms }) =>
      resigned((header) => ({ ...header, kid: 'evil', jku: `${lms.issuer}/evil-keys` }), byOwnKey)(token),
  },
  {
    name: 'A9 an address for a certificate (x5u)',
    status: 401,
    token: (token, { lms }) =>
      resigned((header) => ({ ...header, kid: 'evil', x5u: `${lms.issuer}/evil-keys` }), byOwnKey)(token),
  },
  {
    name: 'A9 a certificate (x5c)',
    status: 401,
    token: resigned((header) => ({ ...header, x5c: ['AAAA'] }), byOwnKey),
  },
  ...[['b64'], ['exp'], [], 'b64', null].map((crit): Case => ({
    name: `A9 crit ${JSON.stringify(crit)}`,
    status: 401,
    token: byLmsKey((header) => ({ ...header, crit, b64: true })),
  })),
  {
    name: 'A9 b64 false',
    status: 401,
    token: byLmsKey((header) => ({ ...header, crit: ['b64'], b64: false })),
  },
  { name: 'A10 no kid', status: 401, token: byLmsKey(({ kid: _kid, ...header }) => header) },
  ...[
    null,
    7,
    '',
    [],
    {},
    'unknown',
    '../../../../etc/passwd',
    'http://169.254.169.254/keys',
    '__proto__',
    'constructor',
    'a\u0000b',
    'k'.repeat(10_000),
  ].map((kid): Case => ({
    name: `A10 kid ${JSON.stringify(kid)?.slice(0, 30)}`,
    status: 401,
    token: byLmsKey((header) => ({ ...header, kid })),
  })),
];

const parties: Case[] = [
  { name: 'A7 another client', status: 401, claims: set('aud', 'somebody-else') },
  {
    name: 'A7 another LMS’s client',
    status: 401,
    claims: (claims, { other }) => set('aud', other.tools().at(-1)?.clientId)(claims),
  },
  { name: 'A7 no aud', status: 401, claims: without('aud') },
  { name: 'A7 nobody in aud', status: 401, claims: set('aud', []) },
  { name: 'A7 aud as an object', status: 401, claims: (claims) => set('aud', { 0: claims['aud'] })(claims) },
  {
    name: 'A7 aud as a number',
    status: 401,
    claims: (claims) => set('aud', Number(claims['aud']) || 1)(claims),
  },
  {
    name: 'A7 aud in other letters',
    status: 401,
    claims: (claims) => set('aud', `${String(claims['aud'])} `)(claims),
  },
  {
    name: 'A7 a stranger beside us',
    status: 401,
    claims: (claims) => set('aud', [claims['aud'], 'stranger'])(claims),
  },
  {
    name: 'A7 a stranger beside us, azp is us',
    status: 401,
    claims: (claims) => {
      claims['azp'] = claims['aud'];
      claims['aud'] = [claims['aud'], 'stranger'];
    },
  },
  {
    name: 'A7 two of us and no azp',
    status: 401,
    claims: ({ azp: _azp, ...claims }) => ({ ...claims, aud: [claims['aud'], claims['aud']] }),
  },
  { name: 'A7 azp is another', status: 401, claims: set('azp', 'stranger') },
  { name: 'A7 azp is empty', status: 401, claims: set('azp', '') },
  { name: 'A7 azp is a list', status: 401, claims: (claims) => set('azp', [claims['aud']])(claims) },
  {
    name: 'A15 another LMS’s name, signed by this one',
    status: 401,
    claims: (claims, { other }) => set('iss', other.issuer)(claims),
  },
  {
    name: 'A15 this LMS’s name, signed by another',
    status: 401,
    token: (token, { other }) => other.signToken(open(token).claims),
  },
  {
    name: 'A15 signed by another under this one’s kid',
    status: 401,
    token: (token, { other }) =>
      other.signToken(open(token).claims, { kid: String(open(token).header['kid']) }),
  },
  { name: 'A14 no iss', status: 401, claims: without('iss') },
  {
    name: 'A14 iss with a slash after it',
    status: 401,
    claims: (claims) => set('iss', `${String(claims['iss'])}/`)(claims),
  },
  {
    name: 'A14 iss in capitals',
    status: 401,
    claims: (claims) => set('iss', String(claims['iss']).toUpperCase())(claims),
  },
  {
    name: 'A14 iss with https',
    status: 401,
    claims: (claims) => set('iss', String(claims['iss']).replace('http:', 'https:'))(claims),
  },
  { name: 'A14 iss as a list', status: 401, claims: (claims) => set('iss', [claims['iss']])(claims) },
];

const times: Case[] = [
  { name: 'A16 no exp', status: 401, claims: without('exp') },
  { name: 'A16 no iat', status: 401, claims: without('iat') },
  {
    name: 'A16 expired an hour ago',
    status: 401,
    claims: (claims) => {
      claims['iat'] = seconds() - 7_200;
      claims['exp'] = seconds() - 3_600;
    },
  },
  {
    name: 'A16 expired 65 s ago',
    status: 401,
    claims: (claims) => {
      claims['iat'] = seconds() - 200;
      claims['exp'] = seconds() - 65;
    },
  },
  { name: 'A16 issued 70 s from now', status: 401, claims: (claims) => set('iat', seconds() + 70)(claims) },
  { name: 'A16 issued a day ago', status: 401, claims: (claims) => set('iat', seconds() - 86_400)(claims) },
  {
    name: 'A16 not valid before 70 s from now',
    status: 401,
    claims: (claims) => set('nbf', seconds() + 70)(claims),
  },
  { name: 'A16 exp is text', status: 401, claims: (claims) => set('exp', String(seconds() + 300))(claims) },
  { name: 'A16 iat is text', status: 401, claims: (claims) => set('iat', String(seconds()))(claims) },
  { name: 'A16 nbf is text', status: 401, claims: (claims) => set('nbf', String(seconds()))(claims) },
  { name: 'A16 exp is null', status: 401, claims: set('exp', null) },
  { name: 'A16 exp is negative', status: 401, claims: set('exp', -1) },
  {
    name: 'A16 exp is infinite',
    status: 401,
    token: payload((claims) => JSON.stringify({ ...claims, exp: 0 }).replace('"exp":0', '"exp":-1e999')),
  },
  {
    name: 'A16 expires before it was issued',
    status: 401,
    claims: (claims) => {
      claims['iat'] = seconds() + 30;
      claims['exp'] = seconds() + 20;
    },
  },
];

const messages: Case[] = [
  { name: 'A17 an unknown deployment', status: 403, claims: set(claim.deploymentId, 'nobody-knows-it') },
  {
    name: 'A17 another LMS’s deployment',
    status: 403,
    claims: (claims, { other }) => set(claim.deploymentId, `${other.tools().at(-1)?.deploymentId}x`)(claims),
  },
  {
    name: 'A17 the deployment in other letters',
    status: 403,
    claims: (claims) => set(claim.deploymentId, `${String(claims[claim.deploymentId])} `)(claims),
  },
  { name: 'A17 a deployment that is a number', status: 403, claims: set(claim.deploymentId, 1) },
  {
    name: 'A17 a deployment that is a list',
    status: 403,
    claims: (claims) => set(claim.deploymentId, [claims[claim.deploymentId]])(claims),
  },
  {
    name: 'A17 a deployment that is an operator',
    status: 403,
    claims: set(claim.deploymentId, { $ne: null }),
  },
  { name: 'A17 no deployment', status: 400, claims: without(claim.deploymentId) },
  { name: 'A17 a null deployment', status: 400, claims: set(claim.deploymentId, null) },
  { name: 'A17 an empty deployment', status: 400, claims: set(claim.deploymentId, '') },
  { name: 'A17 a deployment of 10 KB', status: 400, claims: set(claim.deploymentId, 'd'.repeat(10_000)) },
  { name: 'A17 a deployment with NUL', status: 400, claims: set(claim.deploymentId, 'a\u0000b') },
  { name: 'A18 no message type', status: 400, claims: without(claim.messageType) },
  ...[
    '',
    'LtiResourcelinkrequest',
    'LtiDeepLinkingResponse',
    'LtiSubmissionReviewRequest',
    'basic-lti-launch-request',
    7,
    ['LtiResourceLinkRequest'],
    null,
  ].map((type): Case => ({
    name: `A18 message type ${JSON.stringify(type)}`,
    status: 400,
    claims: set(claim.messageType, type),
  })),
  { name: 'A18 no version', status: 400, claims: without(claim.version) },
  ...['1.3', '1.1.0', '1.3.1', '2.0.0', 'LTI-1p0', 1.3, ['1.3.0'], null].map((version): Case => ({
    name: `A18 version ${JSON.stringify(version)}`,
    status: 400,
    claims: set(claim.version, version),
  })),
  {
    name: 'A18 deep linking without settings',
    status: 400,
    claims: set(claim.messageType, 'LtiDeepLinkingRequest'),
  },
  { name: 'A27 nobody (no sub)', status: 403, claims: without('sub') },
  { name: 'A27 nobody (null)', status: 403, claims: set('sub', null) },
];

const wrong = (name: string, values: readonly unknown[]): Case[] =>
  values.map((value) => ({
    name: `A19 ${name.split('/').at(-1)} = ${(JSON.stringify(value) ?? '').slice(0, 40)}`,
    status: 400,
    claims: set(name, value),
  }));
const long = (length: number): string => 'x'.repeat(length);

const types: Case[] = [
  ...wrong('sub', ['', {}, [], true, 1.5, 2 ** 60, long(256), 'a\u0000b', { $gt: '' }]),
  ...wrong('name', [{}, [], 7, true, long(4_001), 'a\u0000b']),
  ...wrong('email', [{}, ['a@school.example'], 7]),
  ...wrong('given_name', [{ toString: 'x' }, 7]),
  ...wrong('locale', [{}, []]),
  ...wrong(claim.roles, [
    {},
    7,
    true,
    [1],
    [null],
    [{}],
    [['x']],
    [long(501)],
    Array.from({ length: 201 }, () => 'x'),
  ]),
  ...wrong(claim.context, [
    'x',
    [],
    7,
    {},
    { id: '' },
    { id: null },
    { id: {} },
    { id: long(256) },
    { id: 'a\u0000b' },
    { id: 'c', title: {} },
    { id: 'c', type: 'x' },
    { id: 'c', type: [{}] },
  ]),
  ...wrong(claim.resourceLink, [
    null,
    'x',
    [],
    {},
    { id: '' },
    { id: [] },
    { id: { $ne: 1 } },
    { id: long(256) },
    { id: 'a', title: 7 },
  ]),
  { name: 'A19 no resource link', status: 400, claims: without(claim.resourceLink) },
  ...wrong(claim.custom, [
    'x',
    [],
    7,
    { a: {} },
    { a: [] },
    { a: { $where: '1' } },
    { a: long(10_001) },
    { [long(256)]: 'x' },
  ]),
  ...wrong(claim.lis, ['x', [], { person_sourcedid: {} }, { person_sourcedid: 7 }]),
  ...wrong(claim.launchPresentation, [
    'x',
    [],
    { return_url: {} },
    { return_url: long(2_001) },
    { locale: 7 },
  ]),
  ...wrong(claim.toolPlatform, ['x', [], { name: {} }]),
  ...wrong(claim.ags, ['x', [], { scope: 'x' }, { scope: [1] }, { lineitems: {} }, { lineitem: 7 }]),
  ...wrong(claim.nrps, ['x', [], {}, { context_memberships_url: 7 }, { context_memberships_url: '' }]),
  ...wrong(claim.roleScopeMentor, [
    'x',
    {},
    [{}],
    [null],
    [long(256)],
    Array.from({ length: 501 }, (_, index) => `s${index}`),
  ]),
  { name: 'A19 a key __proto__', status: 400, token: inserted('__proto__', '{"isAdmin":true}') },
  {
    name: 'A19 a key __proto__ in custom',
    status: 400,
    token: inserted(claim.custom, '{"__proto__":{"isAdmin":true}}'),
  },
  {
    name: 'A19 a key constructor',
    status: 400,
    token: inserted('constructor', '{"prototype":{"isAdmin":true}}'),
  },
  { name: 'A19 a key with NUL', status: 400, token: inserted('a\u0000b', '1') },
  { name: 'A19 nesting of 20', status: 400, token: inserted('deep', nested(20)) },
  { name: 'A19 nesting of 10,000', status: 400, token: inserted('deep', nested(10_000)) },
  { name: 'A19 lists in lists', status: 400, token: inserted('deep', '['.repeat(5_000) + ']'.repeat(5_000)) },
  { name: 'A19 half a character in a name', status: 400, token: inserted('name', '"\\ud800"') },
  {
    name: 'A19 half a character in a claim we do not read',
    status: 400,
    token: inserted('other', '{"a":["\\udfff"]}'),
  },
  { name: 'A19 NUL in a claim we do not read', status: 400, token: inserted('other', '"\\u0000"') },
  { name: 'A19 60 KB of name', status: 400, claims: set('name', long(60_000)) },
];

const target = (name: string, address: (tool: URL) => unknown): Case => ({
  name: `A22 target ${name}`,
  status: 400,
  claims: (claims, { tool }) => set(claim.targetLinkUri, address(new URL(tool)))(claims),
});
const targets: Case[] = [
  { name: 'A22 no target', status: 400, claims: without(claim.targetLinkUri) },
  target('is empty', () => ''),
  target('is null', () => null),
  target('is an object', () => ({ href: 'x' })),
  target('is another host', () => 'https://evil.example/lti/launch'),
  target('has no scheme', ({ host }) => `//${host}/lti/launch`),
  target('is a path', () => '/lti/launch'),
  target('has backslashes', () => 'https:\\\\evil.example\\'),
  target('hides a host behind a backslash', ({ origin }) => `${origin}\\@evil.example/`),
  target('is our host as a user', ({ host }) => `http://${host}@evil.example/`),
  target('has a user', ({ host }) => `http://user@${host}/lti/launch`),
  target('has a password', ({ host }) => `http://:secret@${host}/lti/launch`),
  target('is a script', () => 'javascript:alert(1)'),
  target('is data', () => 'data:text/html,x'),
  target('is a blob of ours', ({ origin }) => `blob:${origin}/x`),
  target('is on another port', ({ hostname }) => `http://${hostname}:1/lti/launch`),
  target('is on https', ({ host }) => `https://${host}/lti/launch`),
  target('is a host that begins like ours', ({ port }) => `http://localhost.evil.example:${port}/`),
  target('is the address behind our name', ({ port }) => `http://127.0.0.1:${port}/lti/launch`),
  target('has a blank in front', ({ origin }) => ` ${origin}/lti/launch`),
  target('has a line break', ({ origin }) => `${origin}/lti/launch\r\nSet-Cookie: a=b`),
  target('has 3,000 characters', ({ origin }) => `${origin}/${long(3_000)}`),
];

const DL = claim.deepLinkSettings;
const settings = (name: string, change: object): Case => ({
  name: `A30 ${name}`,
  status: 400,
  deep: true,
  claims: (claims) => set(DL, { ...(claims[DL] as object), ...change })(claims),
});
const backTo = (address: unknown): Case =>
  settings(`answer to ${(JSON.stringify(address) ?? '').slice(0, 50)}`, { deep_link_return_url: address });
const deepLinks: Case[] = [
  { name: 'A30 no settings', status: 400, deep: true, claims: without(DL) },
  { name: 'A30 settings that are a list', status: 400, deep: true, claims: set(DL, []) },
  ...[
    undefined,
    '',
    null,
    7,
    {},
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example/x',
    '/courses/1',
    'https://evil.example/x',
    'http://evil.example/x',
    '"><script>alert(1)</script>',
    'http://127.0.0.1:1/x',
  ].map(backTo),
  {
    name: 'A30 the LMS’s host as a user',
    status: 400,
    deep: true,
    claims: (claims, { lms }) =>
      set(DL, {
        ...(claims[DL] as object),
        deep_link_return_url: `${lms.issuer.replace(/\/\w+$/, '')}@evil.example/`,
      })(claims),
  },
  settings('types that are text', { accept_types: 'ltiResourceLink' }),
  settings('no types', { accept_types: undefined }),
  settings('types that are objects', { accept_types: [{}] }),
  settings('targets that are missing', { accept_presentation_document_targets: undefined }),
  settings('data that is an object', { data: {} }),
  settings('data of 30 KB', { data: long(30_000) }),
];

const always = [...nonceAndState, ...signatures, ...parties, ...times, ...messages];
const inTurn = [...types, ...targets, ...deepLinks];

/** The short run gives each LMS all of the first and a third of the second, which the same code refuses for all. */
const casesOf = (turn: number): Case[] =>
  process.env['LONG'] === '1'
    ? [...always, ...inTurn]
    : [...always, ...inTurn.filter((_, index) => index % MANNERS.length === turn)];

it('covers at least 120 cases for each LMS, each with a name of its own', () => {
  expect(Math.min(...MANNERS.map((_, turn) => casesOf(turn).length))).toBeGreaterThanOrEqual(120);
  const names = [...always, ...inTurn].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(MANNERS)('a launch in the %s manner is refused', (manner) => {
  let place: Place;
  let stored: Record<string, number>;
  const student: LaunchRequest = { person: 'student02', course: 'advisory' };
  const advisor: LaunchRequest = { person: 'advisor1', course: 'advisory', message: 'deep' };

  beforeAll(async () => {
    const other = school.lms.manners[manner === 'canvas' ? 'moodle' : 'canvas'];
    place = { lms: school.lms.manners[manner], other, tool: school.tool };
    await launch(school, place.lms, student);
    await rostersAreIn();
    stored = await countStored();
  });
  beforeEach(() => {
    ahead = 0;
  });

  async function expectNothing(response: Response, status: number): Promise<void> {
    expect(response.status).toBe(status);
    expect(sessionCookieOf(response)).toBeUndefined();
    expect(response.headers.get('location')).toBeNull();
    const text = await response.text();
    expect(text).not.toMatch(/node_modules|at \w+ \(|JWS|JOSE|Zod/);
    expect(await countIn('sessions')).toBe(stored['sessions']);
  }

  it.each(casesOf(MANNERS.indexOf(manner)))('$name → $status', async (one) => {
    const request: LaunchRequest = {
      ...(one.deep ? advisor : student),
      overrides: (claims) => one.claims?.(claims, place),
    };
    const login = await startLogin(place.lms, request);
    const good = await tokenFor(place.lms, request, login);
    const form = { ...good, id_token: (await one.token?.(good.id_token, place)) ?? good.id_token };
    const fetched = keyFetches(place.lms);
    const cookie = one.cookie ? one.cookie(login.cookie) : login.cookie;
    const response = await postLaunch(school, (await one.form?.(form, place)) ?? form, cookie);
    await expectNothing(response, one.status);
    expect(await countIn('logins', { _id: hashOf(login.state) as never })).toBe(one.untouched ? 1 : 0);
    const mayFetch = !one.untouched && !one.cookie;
    expect(keyFetches(place.lms) - fetched).toBeLessThanOrEqual(mayFetch ? 1 : 0);
  });

  it('and nothing of all that is stored', async () => {
    expect(await countStored()).toEqual(stored);
  });

  it('when a token is posted with another login’s state (A4)', async () => {
    const [first, second] = [await startLogin(place.lms, student), await startLogin(place.lms, student)];
    const { id_token } = await tokenFor(place.lms, student, first);
    const swapped = await postLaunch(school, { id_token, state: second.state }, second.cookie);
    expect(swapped.status).toBe(401);
    await expectNothing(await postLaunch(school, { id_token, state: second.state }, second.cookie), 401);
  });

  it('when the login is older than five minutes (A4)', async () => {
    const login = await startLogin(place.lms, student);
    const form = await tokenFor(place.lms, student, login);
    ahead = 5 * 60_000 + 1_000;
    const fetched = keyFetches(place.lms);
    await expectNothing(await postLaunch(school, form, login.cookie), 401);
    expect(keyFetches(place.lms)).toBe(fetched);
  });

  it('when a victim’s browser posts what an attacker began (A5)', async () => {
    const attacker = await startLogin(place.lms, student);
    const victim = await startLogin(place.lms, student);
    const form = await tokenFor(place.lms, student, attacker);
    const fetched = keyFetches(place.lms);
    const response = await postLaunch(school, form, victim.cookie);
    // Where the LMS keeps proofs (200) it is asked, and has none for this browser; else a new start is offered (401).
    expect([200, 401]).toContain(response.status);
    expect(sessionCookieOf(response)).toBeUndefined();
    const asked = await postLaunch(school, { ...form, proof: victim.cookie.split('=')[1] ?? '' });
    await expectNothing(asked, 401);
    expect(keyFetches(place.lms)).toBe(fetched);
  });

  it('when the LMS refuses', async () => {
    const login = await startLogin(place.lms, student);
    const refusal = { state: login.state, error: 'launch_no_longer_valid', error_description: '<b>x</b>' };
    await expectNothing(await postLaunch(school, refusal, login.cookie), 401);
    expect(await countIn('logins', { _id: hashOf(login.state) as never })).toBe(0);
  });

  it('the second time, and the third (A1)', async () => {
    const login = await startLogin(place.lms, student);
    const form = await tokenFor(place.lms, student, login);
    const first = await postLaunch(school, form, login.cookie);
    expect(first.status).toBe(303);
    stored = await countStored();
    await expectNothing(await postLaunch(school, form, login.cookie), 401);
    await expectNothing(await postLaunch(school, form, login.cookie), 401);
  });

  it('all but one of a hundred times at once (A2)', async () => {
    const login = await startLogin(place.lms, student);
    const form = await tokenFor(place.lms, student, login);
    const posts = Array.from({ length: 100 }, () => postLaunch(school, form, login.cookie));
    const statuses = (await Promise.all(posts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(99);
    expect((await countStored())['sessions']).toBe((stored['sessions'] ?? 0) + 1);
  });

  it('and a good one still works afterwards, and nothing was ever fetched from where a token said (A9)', async () => {
    const response = await launch(school, place.lms, student);
    expect(response.status).toBe(303);
    expect(sessionCookieOf(response)).toBeDefined();
    expect(place.lms.requests.filter(({ path }) => path.includes('evil'))).toEqual([]);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('keeps an unknown deployment for a person to approve, of no school (A17)', async () => {
    expect(
      await countIn('deployments', { deploymentId: 'nobody-knows-it', institution: null, status: 'waiting' }),
    ).toBeGreaterThan(0);
    expect(await countIn('deployments', { deploymentId: { $not: { $type: 'string' } } })).toBe(0);
  });
});

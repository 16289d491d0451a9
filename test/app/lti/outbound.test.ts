import http from 'node:http';
import { createGzip } from 'node:zlib';
import { expect, test } from 'vitest';
import { guardedFetch, guardedJson } from '../../../src/lti/outbound.ts';
import { LmsError } from '../../../src/shared/errors.ts';
import { json, serve } from '../../support/lmsServer.ts';

const insecure = (...origins: string[]) => ({ origins, allowInsecure: true });

async function failure(work: Promise<unknown>): Promise<LmsError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LmsError);
  return error as LmsError;
}

test('an answer of a registered origin is read, with status and headers', async () => {
  const lms = await serve((_, response) =>
    json(response, { keys: [] }, { status: 201, headers: { link: 'x' } }),
  );
  const answer = await guardedFetch(`${lms.origin}/a?b=1`, insecure(lms.origin), {
    headers: { accept: 'x/y' },
  });
  expect(answer).toMatchObject({ status: 201, text: '{"keys":[]}', headers: { link: 'x' } });
  expect(lms.seen[0]).toMatchObject({ method: 'GET', url: '/a?b=1', headers: { accept: 'x/y' } });
});

test('no request leaves for an origin that is not registered', async () => {
  const lms = await serve((_, response) => json(response, {}));
  const stranger = await serve((_, response) => json(response, {}));
  const error = await failure(guardedFetch(stranger.origin, insecure(lms.origin)));
  expect(error).toMatchObject({ reason: 'blocked-origin', retry: false });
  expect(stranger.seen).toHaveLength(0);
});

test.each([
  'http://127.0.0.1:1/',
  'https://127.0.0.1:1/',
  'https://localhost:1/',
  'https://[::1]:1/',
  'https://[::ffff:127.0.0.1]:1/',
  'https://10.0.0.1/',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://0.0.0.0:1/',
  'https://0x7f000001/',
  'https://user:word@lms.example/',
  'ftp://lms.example/',
  'nonsense',
])('without the development setting %s is refused', async (address) => {
  const origins = URL.canParse(address) ? [new URL(address).origin] : [];
  const error = await failure(guardedFetch(address, { origins, allowInsecure: false, timeoutMs: 2_000 }));
  expect(error.reason).toBe('blocked-origin');
});

test('metadata addresses are refused even with the development setting', async () => {
  const error = await failure(
    guardedFetch('http://169.254.169.254/x', { ...insecure('http://169.254.169.254'), timeoutMs: 2_000 }),
  );
  expect(error.reason).toBe('blocked-origin');
});

test.each([301, 302, 303, 307, 308])('a redirect %d is not followed', async (status) => {
  const target = await serve((_, response) => json(response, {}));
  const lms = await serve((_, response) =>
    json(response, {}, { status, headers: { location: target.origin } }),
  );
  const error = await failure(guardedFetch(lms.origin, insecure(lms.origin, target.origin)));
  expect(error).toMatchObject({ reason: 'redirected', httpStatus: status });
  expect(target.seen).toHaveLength(0);
});

test('5 MB are cut, announced or not', async () => {
  const body = Buffer.alloc(5_000_000, 'a');
  for (const headers of [{ 'content-length': String(body.length) }, {}]) {
    const lms = await serve((_, response) => response.writeHead(200, headers).end(body));
    expect((await failure(guardedFetch(lms.origin, insecure(lms.origin)))).reason).toBe('too-large');
  }
});

test('a body that unpacks to more is not unpacked', async () => {
  const lms = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    createGzip()
      .pipe(response)
      .on('error', () => {});
    response.end();
  });
  const error = await failure(guardedFetch(lms.origin, insecure(lms.origin)));
  expect(error.reason).toBe('bad-answer');
  expect(lms.seen[0]?.headers['accept-encoding']).toBe('identity');
});

test('a server that never answers, and one that sends a byte at a time, are cut after the time', async () => {
  const hang = await serve(() => {});
  const drip = await serve((_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
  });
  for (const { origin } of [hang, drip]) {
    const started = Date.now();
    const error = await failure(guardedFetch(origin, { ...insecure(origin), timeoutMs: 300 }));
    expect(error).toMatchObject({ reason: 'timeout', retry: true });
    expect(Date.now() - started).toBeLessThan(1_500);
  }
});

test('a connection that is cut or refused is unreachable', async () => {
  const lms = await serve((_, response) => response.socket?.destroy());
  expect((await failure(guardedFetch(lms.origin, insecure(lms.origin)))).reason).toBe('unreachable');
  await lms.close();
  const error = await failure(guardedFetch(lms.origin, insecure(lms.origin)));
  expect(error).toMatchObject({ reason: 'unreachable', retry: true, detail: 'ECONNREFUSED' });
});

test('a document must be JSON with status 200', async () => {
  const html = await serve((_, response) => response.writeHead(200).end('<html>sign in</html>'));
  expect((await failure(guardedJson(html.origin, insecure(html.origin)))).reason).toBe('bad-answer');
  const broken = await serve((_, response) => json(response, {}, { status: 503 }));
  const error = await failure(guardedJson(broken.origin, insecure(broken.origin)));
  expect(error).toMatchObject({ reason: 'server-error', httpStatus: 503 });
});

test('requests of other libraries go on as before, ltijs without rules does not', async () => {
  const lms = await serve((_, response) => json(response, {}));
  await guardedFetch(lms.origin, insecure(lms.origin));
  const status = await new Promise((resolve, reject) => {
    http.get(lms.origin, (response) => resolve(response.resume().statusCode)).on('error', reject);
  });
  expect(status).toBe(200);
  expect(() => http.get(lms.origin, { headers: { 'user-agent': 'ltijs/5.9.9' } })).toThrow(LmsError);
});

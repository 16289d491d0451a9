import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Connection, Platform } from '../../src/lti/platform.ts';
import { newId } from '../../src/shared/model.ts';

export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}
export interface OneServer {
  origin: string;
  seen: Seen[];
  close(): Promise<void>;
}
type Answerer = (seen: Seen, response: ServerResponse) => void;

/** A real HTTP server on loopback that answers as it is told; it ends with the test. */
export async function serve(answer: Answerer): Promise<OneServer> {
  const seen: Seen[] = [];
  const server = http.createServer((request, response) => {
    void read(request).then((body) => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const one: OneServer = {
    origin: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  onTestFinished(() => one.close());
  return one;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers with JSON, or with nothing for `undefined`. */
export function json(
  response: ServerResponse,
  body: unknown,
  options: { status?: number; headers?: object } = {},
) {
  response.writeHead(options.status ?? 200, { 'content-type': 'application/json', ...options.headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** The token endpoint of such a server at `/token`; everything else goes on to `answer`. */
export function withTokens(answer: Answerer): Answerer {
  let count = 0;
  return (seen, response) => {
    if (seen.url !== '/token') return answer(seen, response);
    count += 1;
    json(response, { access_token: `token-${count}`, token_type: 'Bearer', expires_in: 3600 });
  };
}

export function aPlatform(origin: string, fields: Partial<Platform> = {}): Platform {
  return {
    id: newId(),
    issuer: origin,
    clientId: 'client-1',
    family: 'generic',
    name: 'A test LMS',
    authorizationEndpoint: `${origin}/auth`,
    tokenEndpoint: `${origin}/token`,
    tokenAudience: `${origin}/token`,
    jwksUri: `${origin}/jwks`,
    origins: [origin],
    status: 'active',
    invitedBy: newId(),
    createdAt: new Date(),
    ...fields,
  };
}

export function aConnection(origin: string, fields: Partial<Platform> = {}): Connection {
  const platform = aPlatform(origin, fields);
  return { institution: platform.invitedBy, platform, deploymentId: '1' };
}

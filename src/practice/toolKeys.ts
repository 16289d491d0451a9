import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { z } from 'zod';
import type { Claims } from './signing.ts';
import type { Tool } from './state.ts';

const KeySet = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) });
const fetchMs = 5_000;

/** Thrown when something the tool signed cannot be trusted; the message says why, in the LMS's log. */
export class ToolTokenError extends Error {
  override name = 'ToolTokenError';
}

async function fetchKeySet(url: string): Promise<z.infer<typeof KeySet>> {
  try {
    const answer = await fetch(url, {
      signal: AbortSignal.timeout(fetchMs),
      headers: { accept: 'application/json' },
    });
    if (!answer.ok) throw new ToolTokenError(`The tool's key set answered ${answer.status}.`);
    return KeySet.parse(await answer.json());
  } catch (error) {
    if (error instanceof ToolTokenError) throw error;
    throw new ToolTokenError(`The tool's key set at ${url} cannot be read.`);
  }
}

/** Verifies a JWT against the tool's key set, fetched now; RS256 with a kid only. Claims are not judged here. */
export async function verifyToolJwt(tool: Tool, jwt: string): Promise<Claims> {
  const header = readHeader(jwt);
  if (header.alg !== 'RS256')
    throw new ToolTokenError(`The algorithm ${String(header.alg)} is not accepted.`);
  if (!header.kid) throw new ToolTokenError('The header has no kid.');
  const set = await fetchKeySet(tool.jwksUrl);
  const jwk = set.keys.find((key) => key.kid === header.kid);
  if (!jwk) throw new ToolTokenError(`The tool's key set has no key ${header.kid}.`);
  return readVerified(jwt, await importJWK(jwk, 'RS256'));
}

function readHeader(jwt: string): { alg?: string; kid?: string } {
  try {
    const { alg, kid } = decodeProtectedHeader(jwt);
    return { ...(alg !== undefined && { alg }), ...(kid !== undefined && { kid }) };
  } catch {
    throw new ToolTokenError('This is not a JWT.');
  }
}

async function readVerified(jwt: string, key: Awaited<ReturnType<typeof importJWK>>): Promise<Claims> {
  try {
    const { payload } = await compactVerify(jwt, key, { algorithms: ['RS256'] });
    return z.record(z.string(), z.unknown()).parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    throw new ToolTokenError('The signature is not right.');
  }
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A secret for one demo; a kept demo keeps its secret beside its data, or the data could not be opened again. */
export function readSecret(folder: string | null, newToken: (bytes: number) => string): string {
  const fresh = Buffer.from(newToken(32), 'base64url').toString('base64');
  if (folder === null) return fresh;
  const file = join(folder, 'secret');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, fresh, { mode: 0o600 });
  return fresh;
}

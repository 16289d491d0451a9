import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Gives the address of a built file by its plain name: `icons.svg` → `/assets/icons-1a2b3c4d5e.svg`. */
export type AssetUrl = (name: string) => string;

/** Where the built files are served from; they carry a hash in the name, so they may be cached for a year. */
const ASSET_BASE = '/assets/';

/**
 * Reads the manifest that `npm run assets` wrote (`public/build/manifest.json`).
 * Throws when it is missing, and at each name it does not list.
 * @param cache false reads it at each name, for a build may come while the process runs (`npm run dev`)
 */
export function readAssets(manifestPath: string, cache = true): AssetUrl {
  const first = readManifest(manifestPath);
  return (name) => {
    const names = cache ? first : readManifest(manifestPath);
    const file = Object.hasOwn(names, name) ? names[name] : undefined;
    if (file === undefined) throw new Error(`There is no built file "${name}". Run: npm run assets`);
    return ASSET_BASE + file;
  };
}

/** The text of a built file, to be put into a page. */
export function readAsset(buildDir: string, name: string): string {
  const file = readManifest(join(buildDir, 'manifest.json'))[name];
  if (file === undefined) throw new Error(`There is no built file "${name}". Run: npm run assets`);
  return readFileSync(join(buildDir, file), 'utf8');
}

function readManifest(path: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  } catch (cause) {
    throw new Error(`The style sheet and script are not built (no ${path}). Run: npm run assets`, { cause });
  }
}

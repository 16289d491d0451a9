import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Bundles style sheets and script, and copies the images, to `public/build/NAME-HASH.ext` with a
 * `manifest.json` that `src/shared/assets.ts` reads. Run by `npm run assets`.
 */
const PUBLIC = fileURLToPath(new URL('../public/', import.meta.url));
const OUT = join(PUBLIC, 'build');

const BUNDLES = ['css/app.css', 'css/wide.css', 'css/paper.css', 'js/app.ts'];
const COPIES = ['img/icons.svg', 'img/favicon.svg', 'img/logo.svg'];
/** An LMS keeps the logo's address from the day of registration, so this one also has a name without a hash. */
const STABLE = 'logo.svg';

/** Browsers with layers, `light-dark()` and subgrid: 2024's, as experience.md's baseline says. */
const TARGET = ['chrome123', 'edge123', 'firefox128', 'safari17.5'];

async function bundle(entry: string): Promise<[name: string, content: Uint8Array]> {
  const result = await build({
    entryPoints: [join(PUBLIC, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: TARGET,
    legalComments: 'none',
    logLevel: 'warning',
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error(`esbuild gave nothing for ${entry}`);
  return [nameOf(entry).replace(/\.ts$/, '.js'), file.contents];
}

async function copy(entry: string): Promise<[name: string, content: Uint8Array]> {
  return [nameOf(entry), await readFile(join(PUBLIC, entry))];
}

const nameOf = (entry: string): string => entry.slice(entry.lastIndexOf('/') + 1);

function hashed(name: string, content: Uint8Array): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  return name.replace(/\.(\w+)$/, `-${hash}.$1`);
}

async function run(): Promise<void> {
  const files = await Promise.all([...BUNDLES.map(bundle), ...COPIES.map(copy)]);
  const manifest = Object.fromEntries(files.map(([name, content]) => [name, hashed(name, content)]));
  await mkdir(OUT, { recursive: true });
  const logo = files.filter(([name]) => name === STABLE);
  const writes = [...files.map(([name, content]) => [manifest[name] ?? name, content] as const), ...logo];
  await Promise.all(writes.map(([name, content]) => writeFile(join(OUT, name), content)));
  await writeFile(join(OUT, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await removeOthers(new Set([...writes.map(([name]) => name), 'manifest.json']));
  const kilobytes = files.reduce((sum, [, content]) => sum + content.byteLength, 0) / 1024;
  process.stderr.write(`assets: ${files.length} files, ${kilobytes.toFixed(1)} KB, in public/build\n`);
}

/** Earlier builds go; what this build wrote stays, so that a running server keeps finding its files. */
async function removeOthers(keep: ReadonlySet<string>): Promise<void> {
  const names = await readdir(OUT);
  await Promise.all(names.filter((name) => !keep.has(name)).map((name) => rm(join(OUT, name))));
}

await run();

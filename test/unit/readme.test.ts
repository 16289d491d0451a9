import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentedSettings } from '../../config/env.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

describe('the README', () => {
  it('documents every setting as config/env.ts does', () => {
    const table = /<!-- settings -->([\s\S]*?)<!-- \/settings -->/
      .exec(readme)?.[1]
      ?.trim()
      .split('\n')
      .slice(2)
      .join('\n');
    const rows = documentedSettings().map(
      ({ name, fallback, meaning }) => `| \`${name}\` | ${fallback} | ${meaning} |`,
    );
    const cells = (text: string): string[] => text.split('\n').map((line) => line.replace(/ +/g, ' ').trim());
    expect(cells(table ?? '')).toEqual(rows.map((row) => row.replace(/ +/g, ' ')));
  });

  it('shows the two commands before anything else that is to be typed', () => {
    expect(readme.indexOf('npm ci && npm run demo')).toBeLessThan(readme.indexOf('npm run admin'));
  });
});

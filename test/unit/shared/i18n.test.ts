import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { chooseLocale, directionOf, translator } from '../../../src/shared/i18n.ts';
import { en } from '../../../src/shared/messages/en.ts';

const t = translator('en', 'throw');
const root = fileURLToPath(new URL('../../../', import.meta.url));

describe('texts', () => {
  test('counts agree with their nouns', () => {
    expect(t('ring.label', { done: 0, total: 1 })).toBe('0 of 1 step done');
    expect(t('ring.label', { done: 9, total: 14 })).toBe('9 of 14 steps done');
  });

  test('a forgotten argument fails here, and leaves a gap in front of people', () => {
    expect(() => t('layout.signedInAs')).toThrow(/name/);
    expect(translator('en', 'blank')('layout.signedInAs')).toBe('Signed in as ');
  });

  test('a name in another script keeps its own direction inside the sentence', () => {
    expect(t('layout.signedInAs', { name: 'ليلى' })).toBe('Signed in as \u2068ليلى\u2069');
    expect(t('layout.signedInAs', { name: 'Zosia' })).toBe('Signed in as Zosia');
  });

  test('rich texts come as chunks, for a template to print', () => {
    expect(
      t.rich('system.noAccess.courseBody', { course: 'Advisory 9B' }).every((chunk) => !chunk.bold),
    ).toBe(true);
  });

  test('a language we do not have is English; es_mx would be es', () => {
    expect(chooseLocale([null, 'es_mx', 'EN-us'])).toBe('en');
    expect(chooseLocale([])).toBe('en');
    expect(directionOf('ar-EG')).toBe('rtl');
    expect(directionOf('art')).toBe('ltr');
  });
});

describe('catalogue', () => {
  test.each(Object.entries(en))('%s is well formed, and not empty', (key, text) => {
    expect(key).toMatch(/^[a-z][A-Za-z]*(\.[A-Za-z][A-Za-z0-9]*)+$/);
    expect(() => new IntlMessageFormat(text, 'en')).not.toThrow();
    expect(text.trim()).not.toBe('');
  });

  test.each(Object.entries(en))('%s does not shout', (_key, text) => {
    expect(text).not.toContain('!');
  });

  test('every text a template asks for exists and is given its arguments', () => {
    const problems = callsInViews().flatMap(({ path, key, args }) => {
      if (!(key in en)) return [`${path}: no text "${key}"`];
      const wanted = argumentsOf(en[key as keyof typeof en]);
      const same = wanted.toSorted().join() === args.toSorted().join();
      return same ? [] : [`${path}: "${key}" takes (${wanted.join()}), is given (${args.join()})`];
    });
    expect(problems).toEqual([]);
  });
});

interface Call {
  path: string;
  key: string;
  args: string[];
}

/** `it.t('key', { a: …, b })` in every template. Keys are written out there, never put together. */
function callsInViews(): Call[] {
  return readdirSync(`${root}views`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ejs'))
    .flatMap((path) => callsIn(path, readFileSync(`${root}views/${path}`, 'utf8')));
}

function callsIn(path: string, source: string): Call[] {
  return [...source.matchAll(/\bt(?:\.rich)?\(\s*'([^']+)'\s*(?:,\s*\{([^}]*)\})?/g)].map((match) => ({
    path,
    key: match[1] ?? '',
    args: [...(match[2] ?? '').matchAll(/(?:^|,)\s*([A-Za-z]\w*)/g)].map((name) => name[1] ?? ''),
  }));
}

function argumentsOf(text: string): string[] {
  const names = [...text.matchAll(/\{\s*([A-Za-z]\w*)\s*[,}]/g)].map((match) => match[1] ?? '');
  return [...new Set(names)];
}

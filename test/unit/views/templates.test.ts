import { describe, expect, test } from 'vitest';
import { paths } from '../../../src/shared/paths.ts';
import { partFixtures } from './parts.ts';
import { allTemplates, fullChrome, renderPage, renderPart, templatesIn } from './render.ts';
import { systemFixtures } from './systemPages.ts';

const HOSTILE = `"><script>alert(1)</script><b x='`;
const plainly = (text: string): string => text;
const hostile = (text: string): string => text + HOSTILE;

/** Tags that no template of ours writes; the page's own script is `<script type="module"`. */
const RAW = /<script>|<b x=|alert\(1\)<\/script>/;

describe('shared partials', () => {
  const parts = Object.entries(partFixtures(plainly));

  test('every partial has a fixture', () => {
    const names = templatesIn('shared').map((name) => name.slice(1));
    expect(names.toSorted()).toEqual(parts.map(([name]) => name).toSorted());
  });

  test.each(parts)('%s prints its words', (name, argumentsOf) => {
    for (const argument of argumentsOf) {
      const html = renderPart(name, argument);
      expect(html).not.toMatch(/undefined|\[object|null"/);
    }
  });

  test.each(Object.entries(partFixtures(hostile)))(
    '%s prints hostile words as words',
    (name, argumentsOf) => {
      for (const argument of argumentsOf) expect(renderPart(name, argument)).not.toMatch(RAW);
    },
  );

  test('a field ties its label, hint and error to the control', () => {
    const html = renderPart('field', {
      name: 'by',
      label: 'By when?',
      kind: 'date',
      hint: 'A day',
      error: 'In the past',
    });
    expect(html).toContain('<label for="by">');
    expect(html).toContain('aria-describedby="by-e by-h"');
    expect(html).toContain('aria-invalid="true"');
  });

  test('a misspelt argument fails here, where EJS would print nothing', () => {
    expect(() => renderPart('chip', { lable: 'Done' })).toThrow('a.label');
  });

  test('no errors, no summary', () => {
    expect(renderPart('errorSummary', { errors: [] }).trim()).toBe('');
  });
});

describe('system pages', () => {
  const pages = Object.entries(systemFixtures(plainly));

  test('every view has a fixture', () => {
    const names = templatesIn('system').filter((name) => !name.startsWith('_'));
    expect(names.map((name) => `system/${name}`).toSorted()).toEqual(pages.map(([view]) => view).toSorted());
  });

  test.each(pages)('%s has a title, one main part and a heading', (view, model) => {
    const html = renderPage(view, model);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr" data-theme="light">/);
    expect(html.match(/<main /g)).toHaveLength(1);
    expect(html).toMatch(/<h1/);
    expect(html).toMatch(/<title>.+ \| Waymark<\/title>/);
    expect(html).not.toMatch(/ style=| on\w+="/);
  });

  test.each(Object.entries(systemFixtures(hostile)))('%s prints hostile words as words', (view, model) => {
    const chrome = {
      ...fullChrome,
      saved: hostile('Saved'),
      person: { name: hostile('Z'), initials: hostile('Z') },
      csrf: hostile('token'),
      lmsOrigin: hostile('https://lms.example'),
      nav: [{ href: hostile('/'), label: hostile('Plan'), icon: hostile('plan'), current: true }],
    };
    expect(renderPage(view, model, chrome)).not.toMatch(RAW);
  });
});

describe('layout', () => {
  test('a page with errors says so first in its title', () => {
    const html = renderPage('system/help', {
      ...systemFixtures(plainly)['system/help'],
      errors: [{ field: 'what', message: 'Say it' }],
    });
    expect(html).toContain('<title>Error: Help | Waymark</title>');
  });

  test('prints navigation, token, LMS origin and what was saved', () => {
    const html = renderPage('system/help', systemFixtures(plainly)['system/help']);
    expect(html).toContain('<a href="/plan" aria-current="page">');
    expect(html).toContain('<meta name="csrf-token" content="token-1">');
    expect(html).toContain('<meta name="lms-origin" content="https://lms.example">');
    expect(html).toContain('Your goal is saved.');
    expect(html).toContain('<script type="module" src="/assets/app.js"></script>');
  });
});

test('the layout links to addresses that exist', () => {
  const html = renderPage('system/help', systemFixtures(plainly)['system/help']);
  for (const href of [paths.help, paths.whoCanSee, paths.accessibility])
    expect(html).toContain(`href="${href}"`);
});

describe('all templates', () => {
  test.each(allTemplates())('$path: unescaped output only of includes and the body', ({ source }) => {
    const raw = [...source.matchAll(/<%-([\s\S]*?)%>/g)].map((match) => match[1]?.trim() ?? '');
    for (const expression of raw) expect(expression).toMatch(/^include\(|^it\.body$/);
  });

  test.each(allTemplates())('$path: no inline style, script or handler', ({ source }) => {
    expect(source).not.toMatch(/\sstyle=|\son[a-z]+=|<style|<script(?! type="module" src=)/);
  });

  test.each(allTemplates())('$path: attributes with data are quoted', ({ source }) => {
    expect(source).not.toMatch(/=<%=/);
  });
});

import { expect, test } from 'vitest';
import { registerPage } from '../../../src/lti/registration.page.ts';
import { emptyChrome } from '../../../src/shared/page.ts';
import { renderPage, words } from '../views/render.ts';

const link = 'https://plan.example/lti/register?invite=abc';

test('an LMS that asks is named, and one button posts what it gave', () => {
  const fields = [{ name: 'invite', value: '"><script>alert(1)</script>' }];
  const ask = { link, host: '<b>lms.example</b>', fields };
  const html = renderPage('lti/register', registerPage(words, ask, '/lti/register'), emptyChrome);
  expect(html).toContain('&lt;b&gt;lms.example&lt;/b&gt; asks to be connected.');
  expect(html).toContain('<form class="cluster" method="post" action="/lti/register">');
  expect(html).toContain('name="invite" value="&#34;&gt;&lt;script&gt;');
  expect(html.match(/<button/g)).toHaveLength(1);
  expect(html).not.toContain('data-autosubmit');
});

test('a person who opens the link is told where to paste it, and finds no button', () => {
  const ask = { link, host: null, fields: [] };
  const html = renderPage('lti/register', registerPage(words, ask, '/lti/register'), emptyChrome);
  expect(html).toContain(link);
  expect(html).toContain('Canvas: Admin');
  expect(html).not.toContain('<form');
});

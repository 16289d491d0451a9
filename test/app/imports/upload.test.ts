import mongoose from 'mongoose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { useSchool } from '../../support/school.ts';
import { sendForm, type SentAnswer, type SentForm } from '../../support/sendFile.ts';

const school = useSchool();
let admin: Visitor;

beforeAll(async () => {
  admin = await school.as('admin1', { placement: 'account_navigation' });
});

const CATALOGUE = paths.newImport('catalogue');
const COURSES = Buffer.from('code;title\nZOO 1;Zoölogy\n');

function send(
  { content = COURSES, text = '', ...more }: { content?: Buffer; text?: string } & Partial<SentForm>,
  { path = CATALOGUE, by = admin } = {},
): Promise<SentAnswer> {
  const file = { name: 'courses.csv', content, field: 'upload' };
  return sendForm(by, { tool: school.tool, path, page: CATALOGUE }, { fields: { text }, file, ...more });
}

const runs = (): Promise<number> => mongoose.connection.collection('imports').countDocuments({});

describe('the file of an import', () => {
  test('is checked once, however often its form is sent', async () => {
    const before = await runs();
    const key = crypto.randomUUID();
    const [first, second] = [await send({ key }), await send({ key })];
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.location).toBe(first.location);
    expect(await runs()).toBe(before + 1);
    const shown = (await admin.get(first.location ?? '')).text;
    expect(shown).toContain('courses.csv');
    expect(shown).toContain('Import 1 row');
  });

  test.each([
    ['another session’s token', { csrf: 'A'.repeat(43) }],
    ['the file before its fields', { fileFirst: true }],
    ['another origin', { headers: { origin: 'https://elsewhere.example' } }],
  ])('is refused with %s', async (_what, more) => {
    const before = await runs();
    expect((await send(more)).status).toBe(403);
    expect(await runs()).toBe(before);
  });

  test.each([
    ['not UTF-8', Buffer.from([0x63, 0x6f, 0x64, 0x65, 0x0a, 0xe9, 0xff]), 'not UTF-8'],
    ['larger than 8 MB', Buffer.alloc(8 * 1024 * 1024 + 1, 'a'), 'larger than 8 MB'],
  ])('is refused in words beside its field: %s', async (_what, content, words) => {
    const answer = await send({ content, text: 'kept words' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
    expect(answer.text).toContain('kept words');
  });

  test('may be left out for 300 KB of pasted lines, not for 2 MB', async () => {
    const line = `X,${'y'.repeat(97)}\n`;
    const lines = (bytes: number): string => `code,title\n${line.repeat(bytes / 100)}`;
    expect((await send({ file: null, text: lines(300_000) })).status).toBe(303);
    const refused = await send({ file: null, text: lines(2_000_000) });
    expect(refused.status).toBe(413);
    expect(refused.text).toContain('too much text');
  });
});

test('no other page of an administrator reads a multipart form', async () => {
  const answer = await send({}, { path: paths.confirmImport('0123456789abcdef01234567') });
  expect(answer.status).toBe(403);
});

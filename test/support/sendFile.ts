import type { Visitor } from '../../src/practice/visitor.ts';

/** A form with a file as a browser sends it: fields first, one file last; the name as raw as the test wants. */
export interface SentForm {
  fields: Record<string, string | string[]>;
  /** Left out: no file part at all. */
  file?: { name: string; content: Buffer; field?: string } | null;
  /** Sent instead of the page's own. */
  csrf?: string;
  key?: string;
  headers?: Record<string, string>;
  /** The file comes before the fields. */
  fileFirst?: boolean;
}

export interface SentAnswer {
  status: number;
  location: string | null;
  text: string;
}

const BOUNDARY = '----waymarktest7MA4YWxk';

/** Posts to the tool without following the redirect. @param page where the session's token is read */
export async function sendForm(
  visitor: Visitor,
  { tool, path, page }: { tool: string; path: string; page: string },
  form: SentForm,
): Promise<SentAnswer> {
  const token = /name="_csrf" value="([^"]*)"/.exec((await visitor.get(page)).text)?.[1] ?? '';
  const fields = { _csrf: form.csrf ?? token, _key: form.key ?? crypto.randomUUID(), ...form.fields };
  const response = await fetch(tool + path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      origin: tool,
      'sec-fetch-site': 'same-origin',
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...form.headers,
    },
    body: bodyOf(fields, form),
  });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}

function bodyOf(
  fields: Record<string, string | string[]>,
  { file, fileFirst }: SentForm,
): Buffer<ArrayBuffer> {
  const texts = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((one) => fieldPart(name, one)),
  );
  const files = file ? [filePart(file)] : [];
  const parts = fileFirst ? [...files, ...texts] : [...texts, ...files];
  return Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

function fieldPart(name: string, value: string): Buffer {
  return Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
}

function filePart({ name, content, field = 'file' }: NonNullable<SentForm['file']>): Buffer {
  const disposition = `Content-Disposition: form-data; name="${field}"; filename="${name}"`;
  const head = `--${BOUNDARY}\r\n${disposition}\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n')]);
}

/**
 * A browser without a screen: follows a launch from the practice LMS into the tool over HTTP, keeps its
 * cookies, posts the tool's forms as they stand in the page. For the demo's set-up, the tests and the benches.
 */
import type { LaunchFormRequest, MannerHandle } from './handle.ts';

export interface Answer {
  status: number;
  /** Path and query the answer is of, after redirects. */
  path: string;
  headers: Headers;
  text: string;
}

export interface Visitor {
  readonly cookies: ReadonlyMap<string, string>;
  /** Launches as this person; the answer is the page it ends on. */
  launch(lms: MannerHandle, request: LaunchFormRequest): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Posts fields with the token and a fresh key of `page` (the last one got, unless named). */
  post(path: string, fields: Record<string, string | string[]>, options?: PostOptions): Promise<Answer>;
}

export interface PostOptions {
  headers?: Record<string, string>;
  /** Follow the 303; default true. */
  follow?: boolean;
  /** Sent instead of the page's own. */
  csrf?: string;
  key?: string;
}

interface Request {
  method?: string;
  body?: URLSearchParams;
  headers?: Record<string, string>;
}

const MOST_REDIRECTS = 5;

export function newVisitor(tool: string): Visitor {
  const cookies = new Map<string, string>();
  let page = '';

  async function send(url: string, init: Request): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie ? { cookie } : {}) },
    });
    keepCookies(cookies, response);
    return response;
  }

  async function follow(response: Response, url: string): Promise<Answer> {
    let [current, at] = [response, new URL(url)];
    for (let hop = 0; hop < MOST_REDIRECTS && [302, 303].includes(current.status); hop += 1) {
      at = new URL(current.headers.get('location') ?? '', at);
      await current.arrayBuffer();
      current = await send(at.href, {});
    }
    return answerOf(current, at);
  }

  async function answerOf(response: Response, at: URL): Promise<Answer> {
    const text = await response.text();
    if (text.includes('name="_csrf"')) page = text;
    return { status: response.status, path: at.pathname + at.search, headers: response.headers, text };
  }

  return {
    cookies,
    launch: async (lms, request) => {
      const { method, url, params } = lms.loginParams(request);
      const form = new URLSearchParams(params);
      const started =
        method === 'GET' ? await send(`${url}?${form.toString()}`, {}) : await send(url, post(form));
      const authorize = await authorizationOf(started);
      if (!authorize) return answerOf(started, new URL(url));
      const { action, fields } = await lms.launchForm(request)(authorize);
      return follow(await send(action, post(new URLSearchParams(fields))), action);
    },
    get: async (path, headers = {}) => follow(await send(tool + path, { headers }), tool + path),
    post: async (path, fields, options = {}) => {
      const form = formOf(
        { _csrf: options.csrf ?? tokenIn(page), _key: options.key ?? crypto.randomUUID() },
        fields,
      );
      const headers = { origin: tool, 'sec-fetch-site': 'same-origin', ...options.headers };
      const response = await send(tool + path, { ...post(form), headers });
      return options.follow === false
        ? answerOf(response, new URL(tool + path))
        : follow(response, tool + path);
    },
  };
}

function post(body: URLSearchParams): { method: string; body: URLSearchParams } {
  return { method: 'POST', body };
}

function formOf(...parts: Record<string, string | string[]>[]): URLSearchParams {
  const form = new URLSearchParams();
  for (const part of parts)
    for (const [name, value] of Object.entries(part))
      for (const one of [value].flat()) form.append(name, one);
  return form;
}

function keepCookies(cookies: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = '', ...flags] = line.split(';');
    const split = pair.indexOf('=');
    const [name, value] = [pair.slice(0, split), pair.slice(split + 1)];
    const gone = value === '' || flags.some((flag) => /^\s*expires=thu, 01 jan 1970/i.test(flag));
    if (gone) cookies.delete(name);
    else cookies.set(name, value);
  }
}

/** The LMS's authorization address: the redirect's, or the one a storage page goes on to. */
async function authorizationOf(response: Response): Promise<string | null> {
  if (response.status === 302) return response.headers.get('location');
  const next =
    response.status === 200 ? /data-next="([^"]+)"/.exec(await response.clone().text())?.[1] : undefined;
  return next?.replaceAll('&amp;', '&') ?? null;
}

function tokenIn(page: string): string {
  return /name="_csrf" value="([^"]*)"/.exec(page)?.[1] ?? '';
}

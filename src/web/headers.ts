import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** Who may frame a response and where its forms may go, decided while it is being made. */
interface Policy {
  ancestors: readonly string[];
  formTargets: readonly string[];
  /** A file that a person gave: it may do nothing at all. */
  sandboxed?: boolean;
}

const POLICY = 'browserPolicy';

/** Names the origins that may frame this page; data-free pages say `*`, set-up and family pages nothing. */
export function allowFraming(res: Response, ancestors: readonly string[]): void {
  setPolicy(res, { ancestors });
}

/** Lets this page's forms post to (or be redirected to) these origins besides our own. */
export function allowFormTargets(res: Response, formTargets: readonly string[]): void {
  setPolicy(res, { formTargets });
}

/** The response is somebody's file: no script, no form, no frame, whatever it says it is (quality.md D5). */
export function sandboxed(res: Response): void {
  setPolicy(res, { sandboxed: true });
}

/** The browser rules of quality.md C3–C5, C8 and C10 on every response, errors included. */
export function browserRules(publicUrl: string): RequestHandler[] {
  const https = publicUrl.startsWith('https:');
  const rules = helmet({
    contentSecurityPolicy: false,
    xFrameOptions: false,
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
  return [always([...headersOf(rules), ...OWN]), contentSecurityPolicy];
}

type Header = readonly [name: string, value: string];

const OWN: readonly Header[] = [
  ['Cache-Control', 'no-store'],
  ['Reporting-Endpoints', 'csp="/csp-report"'],
  ['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), browsing-topics=()'],
];

/** What helmet sets is the same for every response, so it is asked once and not a dozen handlers each time. */
function headersOf(rules: ReturnType<typeof helmet>): Header[] {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  rules(response.req, response, () => {});
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}

function always(headers: readonly Header[]): RequestHandler {
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value);
    next();
  };
}

/** The header is written at the last moment, when the handler has said who may frame the page. */
const contentSecurityPolicy: RequestHandler = (_req, res, next) => {
  const writeHead = res.writeHead.bind(res);
  res.writeHead = ((...args: Parameters<typeof writeHead>) => {
    res.setHeader('Content-Security-Policy', cspOf(policyOf(res)));
    return writeHead(...args);
  }) as typeof res.writeHead;
  next();
};

function cspOf({ ancestors, formTargets, sandboxed: isFile }: Policy): string {
  if (isFile)
    return "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "object-src 'none'",
    `frame-ancestors ${ancestors.length > 0 ? ancestors.join(' ') : "'none'"}`,
    "require-trusted-types-for 'script'",
    'trusted-types ilp',
    'report-uri /csp-report',
    'report-to csp',
  ].join('; ');
}

function policyOf(res: Response): Policy {
  return (res.locals[POLICY] as Policy | undefined) ?? { ancestors: [], formTargets: [] };
}

function setPolicy(res: Response, part: Partial<Policy>): void {
  res.locals[POLICY] = { ...policyOf(res), ...part };
}

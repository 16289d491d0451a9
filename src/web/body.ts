import express, { type RequestHandler } from 'express';
import { Invalid } from '../shared/errors.ts';

const LIMIT = '256kb';
const MOST_FIELDS = 1_000;

/**
 * Forms only: JSON, multipart and text bodies are refused before they are read (quality.md C2, D3). The plain
 * parser has no nesting, so `a[$ne]` stays a name with brackets in it that no schema knows.
 */
export function parseForms(): RequestHandler[] {
  return [onlyForms, express.urlencoded({ extended: false, limit: LIMIT, parameterLimit: MOST_FIELDS })];
}

const onlyForms: RequestHandler = (req, _res, next) => {
  const hasBody = req.method !== 'GET' && req.method !== 'HEAD' && hasContent(req.headers);
  if (!hasBody || req.is('application/x-www-form-urlencoded') || isReport(req.path)) return next();
  next(new Invalid([], { status: 415, detail: 'not a form' }));
};

function hasContent(headers: {
  'content-length'?: string | undefined;
  'transfer-encoding'?: string | undefined;
}): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Browsers send these as JSON; they are counted, never parsed. */
function isReport(path: string): boolean {
  return path === '/csp-report';
}

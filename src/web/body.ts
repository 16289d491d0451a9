import express, { type RequestHandler } from 'express';

const LIMIT = '256kb';
const MOST_FIELDS = 1_000;

/**
 * Forms only: a JSON, multipart or text body is not read at all, so that such a post carries neither token nor
 * fields and ends where it needs them (quality.md C2, D3). The parser has no nesting, so `a[$ne]` stays a
 * name with brackets in it that no schema knows.
 */
export function parseForms(): RequestHandler {
  return express.urlencoded({ extended: false, limit: LIMIT, parameterLimit: MOST_FIELDS });
}

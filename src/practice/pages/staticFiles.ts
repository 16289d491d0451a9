import { readFileSync } from 'node:fs';
import { Router } from 'express';

const files: Record<string, string> = {
  'lms.css': 'text/css',
  'auto-submit.js': 'text/javascript',
  'tool-frame.js': 'text/javascript',
  'storage-frame.js': 'text/javascript',
  'deep-link-done.js': 'text/javascript',
};

/** The style sheet and the few scripts of the practice LMS, read once at start. */
export function staticFiles(): Router {
  const router = Router();
  for (const [name, type] of Object.entries(files)) {
    const text = readFileSync(new URL(`../static/${name}`, import.meta.url), 'utf8');
    router.get(`/${name}`, (_req, res) => void res.type(type).send(text));
  }
  return router;
}

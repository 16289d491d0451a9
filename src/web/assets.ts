import express, { type RequestHandler } from 'express';

/** Built files have their hash in the name: kept for a year. Icons may be shown by an LMS on another site. */
export function serveAssets(folder: string): RequestHandler {
  return express.static(folder, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    etag: false,
    setHeaders: (res, path) => {
      const hashed = /-[0-9a-f]{10}\.\w+$/.test(path);
      res.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600');
      if (path.endsWith('.svg')) res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    },
  });
}

import type { Server } from 'node:http';

/** Slow headers, slow bodies and idle sockets end (quality.md D3). */
export function limitHttp(server: Server): void {
  server.headersTimeout = 10_000;
  // An upload of 25 MB over a school's line; other bodies have 20 s (`body.ts`).
  server.requestTimeout = 300_000;
  server.keepAliveTimeout = 5_000;
  server.maxHeadersCount = 100;
  server.maxRequestsPerSocket = 1_000;
}

/** Takes no new connections, lets running requests end, at most `ms`. */
export function closeHttp(server: Server, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), ms);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

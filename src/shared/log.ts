import { pino, type Logger } from 'pino';

export type Log = Logger;

/**
 * One JSON line an event; names, e-mails, tokens and bodies never go in, ids do.
 * @param toStderr keeps standard output for a command's own answer
 */
export function createLog(level: string, toStderr = false): Log {
  const destination = pino.destination({ dest: toStderr ? 2 : 1, sync: true });
  return pino(
    { level, base: null, redact: ['*.token', '*.id_token', '*.email', '*.name', '*.cookie'] },
    destination,
  );
}

import { all } from './dom.ts';

/**
 * `data-needs-script`: hidden by the server, because it does nothing without script; shown here.
 * `data-without-script`: the plain way to do the same, hidden here.
 */
export function reveal(): void {
  for (const element of all('[data-needs-script]')) element.hidden = false;
  for (const element of all('[data-without-script]')) element.hidden = true;
}

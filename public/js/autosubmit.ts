import { all } from './dom.ts';

/** `form[data-autosubmit]` posts itself; its visible button does the same without script. */
export function autosubmit(): void {
  for (const form of all<HTMLFormElement>('form[data-autosubmit]')) form.requestSubmit();
}

/**
 * After a refused form the summary of problems takes focus, so that a screen reader starts there
 * (WCAG 3.3.1). Not by `autofocus`: browsers refuse that in a cross-origin frame, and say so in the console.
 */
export function focusProblem(root: ParentNode = document): void {
  root.querySelector<HTMLElement>('[data-error-summary]')?.focus();
}

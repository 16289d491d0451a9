import { all, announce } from './dom.ts';
import { parse } from './swap.ts';

/**
 * `id="job" data-refresh="SECONDS"`: work that goes on at the server. The element is fetched again until its
 * answer asks for no more; then its `data-say` is spoken.
 */
export function refresh(): void {
  for (const element of all('[data-refresh][id]')) later(element);
}

function later(element: HTMLElement): void {
  const seconds = Number(element.dataset['refresh']);
  if (seconds > 0) setTimeout(() => void again(element), seconds * 1_000);
}

async function again(element: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(location.href, { headers: { 'X-Fragment': '1' } });
    const found = answer.ok ? parse(await answer.text()).getElementById(element.id) : null;
    if (!found) return;
    const next = document.adoptNode(found);
    element.replaceWith(next);
    if (next.dataset['refresh'] === undefined) announce(next.dataset['say'] ?? '');
    later(next);
  } catch {
    later(element);
  }
}

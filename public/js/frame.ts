import { meta } from './dom.ts';

const PAUSE_MS = 120;

/**
 * Tells the LMS how tall the page is, so that its frame has no scroll bar of its own. Canvas reads
 * `lti.frameResize`; older platforms read the message with the prefix of the first draft. Sent only to the
 * LMS's own origin, never to `*`. Canvas's mobile apps do not answer; nothing here waits for them.
 */
export function reportHeight(): void {
  const origin = meta('lms-origin');
  if (origin === null || window.parent === window) return;
  const page = document.documentElement;
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = (): void => {
    const height = Math.ceil(page.getBoundingClientRect().height);
    if (height === last) return;
    last = height;
    for (const subject of ['lti.frameResize', 'org.imsglobal.lti.frameResize']) {
      window.parent.postMessage({ subject, height }, origin);
    }
  };
  new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE_MS);
  }).observe(document.body);
}

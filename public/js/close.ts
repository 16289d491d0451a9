import { all } from './dom.ts';

/** `data-lti-close="ORIGIN"`: tells the LMS that registration is over (LTI Dynamic Registration 1.0, 3.7). */
export function closeRegistration(): void {
  for (const button of all<HTMLButtonElement>('[data-lti-close]')) {
    button.addEventListener('click', () => {
      const lms: Window = (window.opener as Window | null) ?? window.parent;
      lms.postMessage({ subject: 'org.imsglobal.lti.close' }, button.dataset['ltiClose'] ?? location.origin);
    });
  }
}

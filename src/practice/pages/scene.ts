import type { Request, Response } from 'express';
import { param } from '../http.ts';
import { sessionOf } from '../session.ts';
import type { LmsSession } from '../session.ts';
import { roleIn } from '../state.ts';
import type { LmsCourse, LmsPerson, MannerState } from '../state.ts';
import { html, messagePage, page } from './layout.ts';
import type { Html, PageModel } from './layout.ts';

export interface CourseScene {
  readonly session: LmsSession;
  readonly person: LmsPerson;
  readonly course: LmsCourse;
  /** True for those who may change the course: teachers, assistants, the administrator. */
  readonly teaches: boolean;
}

/** A page of this manner, with the signed-in person in its header. */
export function show(state: MannerState, res: Response, person: LmsPerson | null, model: PageModel): void {
  const home = `/${state.manner}`;
  const shown = person && { name: person.name, signOut: `${home}/sign-out`, home: `${home}/courses` };
  res.send(page({ lms: state.rules.title, manner: state.manner, person: shown, ...model }));
}

/** The session of a page, or null after the visitor was sent to sign in. */
export function signedIn(state: MannerState, req: Request, res: Response): LmsSession | null {
  const session = sessionOf(state, req);
  if (!session) res.redirect(303, `/${state.manner}?to=${encodeURIComponent(req.originalUrl)}`);
  return session;
}

/** Who looks at which course; null after a refusal was sent. */
export function courseScene(state: MannerState, req: Request, res: Response): CourseScene | null {
  const session = signedIn(state, req, res);
  if (!session) return null;
  const { person } = session;
  const course = state.courses.get(param(req, 'course'));
  const kind = roleIn(course ?? null, person.key);
  const administers = person.kind === 'administrator';
  if (!course || (!kind && !administers)) {
    res
      .status(course ? 403 : 404)
      .send(messagePage('No access', 'You are not in this course, or it does not exist.'));
    return null;
  }
  return { session, person, course, teaches: administers || kind === 'teacher' || kind === 'assistant' };
}

/** Like `courseScene`, for those who may change the course only. */
export function teachingScene(state: MannerState, req: Request, res: Response): CourseScene | null {
  const scene = courseScene(state, req, res);
  if (!scene || scene.teaches) return scene;
  res.status(403).send(messagePage('No access', 'Only teachers may do this.'));
  return null;
}

export type Tab = 'home' | 'tool' | 'assignments' | 'gradebook' | 'roster';

/** Title and navigation of a course page. */
export function courseHead(state: MannerState, scene: CourseScene, current: Tab, title: string): Html {
  const root = `/${state.manner}/courses/${scene.course.id}`;
  const tabs: [Tab, string, string][] = [
    ['home', root, 'Home'],
    ['tool', `${root}/tool`, 'Learning plan'],
    ['assignments', `${root}/assignments`, 'Assignments'],
    ['gradebook', `${root}/gradebook`, scene.teaches ? 'Gradebook' : 'Grades'],
    ...(scene.teaches ? [['roster', `${root}/roster`, 'People'] satisfies [Tab, string, string]] : []),
  ];
  return html`<p class="small">${scene.course.label} · ${scene.course.title}</p>
    <h1>${title}</h1>
    <nav aria-label="Course">
      <ul class="tabs">
        ${tabs.map(
          ([tab, href, label]) =>
            html`<li><a href="${href}" ${tab === current && html` aria-current="page"`}>${label}</a></li>`,
        )}
      </ul>
    </nav>`;
}

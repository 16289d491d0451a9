import { Router } from 'express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { signIn, signOut } from '../session.ts';
import type { MannerState } from '../state.ts';
import { activatePage, registerManually, registerPage, toolsPage } from './adminTools.ts';
import { assignmentPage, assignmentsPage, publishAssignment } from './assignments.ts';
import { courseHome, coursesPage } from './courses.ts';
import { signInPage } from './front.ts';
import { gradebookPage, typeGrade } from './gradebook.ts';
import { html, messagePage } from './layout.ts';
import { changeRoster, rosterPage } from './roster.ts';
import { accountToolPage, addFromToolPage, forwardingFrame, launchPage, toolPage } from './toolFrame.ts';

// The pages of one manner, below /canvas, /schoology or /moodle (ids are this LMS's own: see the handle's `courses`):
//   GET  /                                    sign in as a person; ?to=PATH goes there afterwards
//   GET  /sign-in?as=KEY&to=PATH              signs in and goes to PATH, e.g. /canvas/sign-in?as=student01&to=/canvas/courses/48120
//   POST /sign-out
//   GET  /courses                             my courses
//   GET  /courses/ID                          a course
//   GET  /courses/ID/tool                     the tool in a frame (course navigation, course app, activity)
//   GET  /courses/ID/assignments              list; POST …/ASSIGNMENT/publish
//   GET  /courses/ID/assignments/ASSIGNMENT   the assignment with the tool in a frame
//   GET  /courses/ID/add-from-tool            deep linking in a frame (teachers)
//   GET  /courses/ID/gradebook                grades; POST types one (teachers)
//   GET  /courses/ID/roster                   people; POST drops or adds a student (teachers)
//   GET  /account-tool                        Canvas account navigation (administrator)
//   GET  /admin/tools                         registered tools; POST registers by hand; POST …/CLIENT/activate
//   GET  /admin/tools/register?url=URL        dynamic registration in a frame (Canvas, Moodle)
//   GET  /launch?course=ID&assignment=ID&message=deep&placement=NAME&client=ID   begins a launch, in a frame or tab

function signInRoute(state: MannerState): RequestHandler {
  return (req, res) => {
    const { as, to } = req.query;
    const home = `/${state.manner}`;
    if (typeof as !== 'string' || !state.people.has(as)) {
      return void res.status(404).send(messagePage('Nobody of that name', 'Choose a person from the list.'));
    }
    // Only paths of this manner: no open redirect, no `//host`.
    const target = typeof to === 'string' && to.startsWith(`${home}/`) ? to : `${home}/courses`;
    signIn(state, res, as);
    res.redirect(303, target);
  };
}

/** Forms of the LMS come from its own pages. */
function sameOrigin(state: MannerState): RequestHandler {
  return (req, res, next) => {
    const origin = req.get('origin');
    const foreign = req.method === 'POST' && origin !== undefined && origin !== state.origin;
    if (foreign)
      return void res.status(403).send(messagePage('Refused', 'This form came from somewhere else.'));
    next();
  };
}

function pageHeaders(_req: Request, res: Response, next: NextFunction): void {
  res.setHeader(
    'Content-Security-Policy',
    "default-src 'self'; img-src 'self' data:; frame-src http: https:; frame-ancestors 'self'; object-src 'none'; base-uri 'none'",
  );
  res.setHeader('X-Content-Type-Options', 'nosniff');
  next();
}

function thumbnail(_req: Request, res: Response): void {
  const drawing = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">
    <circle cx="20" cy="20" r="20" fill="#8fa3b5" />
    <circle cx="20" cy="15" r="7" fill="#fff" />
    <path d="M6 36a14 12 0 0 1 28 0" fill="#fff" />
  </svg>`;
  res.type('image/svg+xml').setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  res.send(drawing.html);
}

/** All pages of one manner. */
export function pagesOf(state: MannerState): Router {
  const router = Router();
  const course = '/courses/:course';
  router.use(pageHeaders, sameOrigin(state));
  router.get('/', signInPage(state));
  router.get('/sign-in', signInRoute(state));
  router.post('/sign-out', (req, res) => {
    signOut(state, req, res);
    res.redirect(303, `/${state.manner}`);
  });
  router.get('/launch', launchPage(state));
  router.get('/courses', coursesPage(state));
  router.get(course, courseHome(state));
  router.get(`${course}/tool`, toolPage(state));
  router.get(`${course}/assignments`, assignmentsPage(state));
  router.get(`${course}/assignments/:assignment`, assignmentPage(state));
  router.post(`${course}/assignments/:assignment/publish`, publishAssignment(state));
  router.get(`${course}/add-from-tool`, addFromToolPage(state));
  router.get(`${course}/gradebook`, gradebookPage(state));
  router.post(`${course}/gradebook`, typeGrade(state));
  router.get(`${course}/roster`, rosterPage(state));
  router.post(`${course}/roster`, changeRoster(state));
  router.get('/admin/tools', toolsPage(state));
  router.post('/admin/tools', registerManually(state));
  router.get('/admin/tools/register', registerPage(state));
  router.post('/admin/tools/:client/activate', activatePage(state));
  if (state.manner === 'canvas') {
    router.get('/account-tool', accountToolPage(state));
    router.get('/post_message_forwarding', forwardingFrame());
    router.get('/images/thumbnails/:id/:name', thumbnail);
  }
  return router;
}

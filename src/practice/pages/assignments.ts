import type { Request, RequestHandler, Response } from 'express';
import { assignmentsIn } from '../coursework.ts';
import { findResult } from '../gradebook.ts';
import { param } from '../http.ts';
import { lineItemOf } from '../state.ts';
import type { Assignment, MannerState } from '../state.ts';
import { html, messagePage } from './layout.ts';
import type { Html } from './layout.ts';
import { courseHead, courseScene, show, teachingScene } from './scene.ts';
import type { CourseScene } from './scene.ts';
import { framePage, toolFrame } from './toolFrame.ts';

/** The due day where the school is: the end of a school's day is the next day in UTC. */
function dueDay({ school }: MannerState, { dueAt }: Assignment): string {
  if (dueAt === null) return '–';
  return new Intl.DateTimeFormat('en-CA', { timeZone: school.timezone }).format(new Date(dueAt));
}

function publishButton(state: MannerState, assignment: Assignment): Html {
  const action = `/${state.manner}/courses/${assignment.courseId}/assignments/${assignment.id}/publish`;
  return html`<form class="inline" method="post" action="${action}">
    <span class="badge">Unpublished</span>
    <button aria-label="Publish ${assignment.title}">Publish</button>
  </form>`;
}

function status(state: MannerState, scene: CourseScene, assignment: Assignment): Html {
  if (!assignment.published) return publishButton(state, assignment);
  const item = lineItemOf(state, assignment);
  const score = item && !scene.teaches ? (findResult(state, item.id, scene.person.key)?.score ?? null) : null;
  return score === null
    ? html`<span class="badge">Published</span>`
    : html`${score} of ${item!.scoreMaximum}`;
}

function row(state: MannerState, scene: CourseScene, assignment: Assignment): Html {
  const item = lineItemOf(state, assignment);
  return html`<tr>
    <td>
      <a href="/${state.manner}/courses/${assignment.courseId}/assignments/${assignment.id}"
        >${assignment.title}</a
      >
    </td>
    <td>${item ? item.scoreMaximum : 'not graded'}</td>
    <td>${dueDay(state, assignment)}</td>
    <td>${status(state, scene, assignment)}</td>
  </tr>`;
}

/** `GET /{manner}/courses/:course/assignments` */
export function assignmentsPage(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = courseScene(state, req, res);
    if (!scene) return;
    const all = assignmentsIn(state, scene.course.id).filter((one) => one.published || scene.teaches);
    const add = `/${state.manner}/courses/${scene.course.id}/add-from-tool`;
    show(state, res, scene.person, {
      title: 'Assignments',
      body: html`${courseHead(state, scene, 'assignments', 'Assignments')}
      ${scene.teaches && html`<p><a class="button" href="${add}">Add assignment from tool</a></p>`}
      ${all.length === 0 && html`<p>There are no assignments yet.</p>`}
      ${
        all.length > 0 &&
        html`<div class="scroll" tabindex="0" role="region" aria-label="Assignments">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Points</th>
                <th scope="col">Due</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              ${all.map((one) => row(state, scene, one))}
            </tbody>
          </table>
        </div>`
      }`,
    });
  };
}

/** The assignment of the address; null when it was answered that this person has none there. */
function assignmentIn(
  state: MannerState,
  { course, teaches }: CourseScene,
  req: Request,
  res: Response,
): Assignment | null {
  const found = state.assignments.get(param(req, 'assignment'));
  if (found?.courseId === course.id && (found.published || teaches)) return found;
  res.status(404).send(messagePage('Not found', 'There is no such assignment.'));
  return null;
}

/** `GET /{manner}/courses/:course/assignments/:assignment`: the assignment with the tool in a frame. */
export function assignmentPage(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = courseScene(state, req, res);
    if (!scene) return;
    const found = assignmentIn(state, scene, req, res);
    if (!found) return;
    const item = lineItemOf(state, found);
    const query = { course: scene.course.id, assignment: found.id, client: found.clientId };
    show(state, res, scene.person, {
      title: found.title,
      ...framePage(state),
      body: html`${courseHead(state, scene, 'assignments', found.title)}
        ${found.text && html`<p>${found.text}</p>`}
        <p class="bar">
          <span>${item ? `${item.scoreMaximum} points` : 'Not graded'}</span>
          <span>Due ${dueDay(state, found)}</span>
          ${scene.teaches && status(state, scene, found)}
        </p>
        ${found.launchable ? toolFrame(state, found.title, query) : html`<p>This column has nothing to open.</p>`}`,
    });
  };
}

/** `POST …/assignments/:assignment/publish` */
export function publishAssignment(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = teachingScene(state, req, res);
    if (!scene) return;
    const found = assignmentIn(state, scene, req, res);
    if (!found) return;
    found.published = true;
    res.redirect(303, `/${state.manner}/courses/${scene.course.id}/assignments`);
  };
}

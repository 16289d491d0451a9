import type { RequestHandler } from 'express';
import { assignmentsIn } from '../coursework.ts';
import { activeTools, roleIn } from '../state.ts';
import type { LmsCourse, LmsPerson, MannerState, Tool } from '../state.ts';
import { html } from './layout.ts';
import type { Html } from './layout.ts';
import { courseHead, courseScene, show, signedIn } from './scene.ts';

function mine(state: MannerState, person: LmsPerson): LmsCourse[] {
  const all = [...state.courses.values()];
  if (person.kind === 'administrator') return all;
  return all.filter((course) => roleIn(course, person.key) !== null);
}

function adminPart(state: MannerState): Html {
  const account =
    state.manner === 'canvas' && activeTools(state).some((tool) => tool.placements.has('account_navigation'));
  return html`<h2>Administration</h2>
    <ul>
      <li><a href="/${state.manner}/admin/tools">Tools (register, activate)</a></li>
      ${account && html`<li><a href="/${state.manner}/account-tool">Learning plan for the account</a></li>`}
    </ul>`;
}

/** `GET /{manner}/courses` */
export function coursesPage(state: MannerState): RequestHandler {
  return (req, res) => {
    const session = signedIn(state, req, res);
    if (!session) return;
    const courses = mine(state, session.person);
    const cards = courses.map(
      (course) =>
        html`<li>
          <h2><a href="/${state.manner}/courses/${course.id}">${course.title}</a></h2>
          <p class="small">
            ${course.label} · ${[...course.members.values()].filter((one) => one.active).length} people
          </p>
        </li>`,
    );
    show(state, res, session.person, {
      title: 'Courses',
      body: html`<h1>Courses</h1>
        ${courses.length === 0 && html`<p>You are in no course here.</p>`}
        <ul class="cards">
          ${cards}
        </ul>
        ${session.person.kind === 'administrator' && adminPart(state)}`,
    });
  };
}

/** `GET /{manner}/courses/:course` */
export function courseHome(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = courseScene(state, req, res);
    if (!scene) return;
    const { course, person } = scene;
    const root = `/${state.manner}/courses/${course.id}`;
    const links = assignmentsIn(state, course.id).filter((one) => one.kind === 'link' && one.launchable);
    show(state, res, person, {
      title: course.title,
      body: html`${courseHead(state, scene, 'home', course.title)}
        <p>Welcome, ${person.given}.</p>
        <ul>
          <li><a href="${root}/tool">Open the learning plan</a></li>
          <li><a href="${root}/assignments">See the assignments</a></li>
          ${links.map((link) => html`<li><a href="${root}/assignments/${link.id}">${link.title}</a></li>`)}
        </ul>`,
    });
  };
}

/** The tool named in `?client=`, else the newest active one. */
export function chosenTool(state: MannerState, client: unknown): Tool | null {
  const tools = activeTools(state);
  return tools.find((tool) => tool.clientId === client) ?? tools.at(-1) ?? null;
}

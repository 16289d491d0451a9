import type { RequestHandler } from 'express';
import { z } from 'zod';
import { personOf } from '../state.ts';
import type { LmsPerson, MannerState, Membership } from '../state.ts';
import { html, messagePage } from './layout.ts';
import type { Html } from './layout.ts';
import { courseHead, show, teachingScene } from './scene.ts';
import type { CourseScene } from './scene.ts';

const words: Record<Membership['role'], string> = {
  student: 'Student',
  teacher: 'Teacher',
  assistant: 'Teaching assistant',
  observer: 'Observer',
  testStudent: 'Test student',
};

function changeButton(state: MannerState, scene: CourseScene, person: LmsPerson, active: boolean): Html {
  const change = active ? 'drop' : 'add';
  const label = active ? `Drop ${person.name}` : `Add ${person.name} again`;
  return html`<form class="inline" method="post" action="/${state.manner}/courses/${scene.course.id}/roster">
    <input type="hidden" name="person" value="${person.key}" />
    <button name="change" value="${change}" aria-label="${label}">${active ? 'Drop' : 'Add again'}</button>
  </form>`;
}

function row(state: MannerState, scene: CourseScene, person: LmsPerson, membership: Membership): Html {
  const card = state.manner === 'canvas' && membership.role === 'student' && membership.active;
  const query = { course: scene.course.id, placement: 'student_context_card', about: person.key };
  const href = `/canvas/launch?${new URLSearchParams(query).toString()}`;
  return html`<tr>
    <th scope="row" dir="auto">${person.name}</th>
    <td>${words[membership.role]}</td>
    <td>${person.sisId ?? '–'}</td>
    <td>${membership.active ? 'active' : 'dropped'}</td>
    <td>
      ${membership.role === 'student' && changeButton(state, scene, person, membership.active)}
      ${card && html` <a class="button" href="${href}" target="_blank" rel="opener">Plan of ${person.given}</a>`}
    </td>
  </tr>`;
}

function addForm(state: MannerState, scene: CourseScene): Html | null {
  const outside = [...state.people.values()].filter(
    (person) => person.kind === 'student' && !scene.course.members.has(person.key),
  );
  if (outside.length === 0) return null;
  return html`<form class="bar" method="post" action="/${state.manner}/courses/${scene.course.id}/roster">
    <label for="add">Student</label>
    <select id="add" name="person">
      ${outside.map((person) => html`<option value="${person.key}">${person.name}</option>`)}
    </select>
    <button name="change" value="add">Add to the course</button>
  </form>`;
}

/** `GET /{manner}/courses/:course/roster` */
export function rosterPage(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = teachingScene(state, req, res);
    if (!scene) return;
    const members = [...scene.course.members];
    show(state, res, scene.person, {
      title: 'People',
      body: html`${courseHead(state, scene, 'roster', 'People')} ${addForm(state, scene)}
        <div class="scroll" tabindex="0" role="region" aria-label="People of the course">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Role</th>
                <th scope="col">SIS id</th>
                <th scope="col">State</th>
                <th scope="col">Change</th>
              </tr>
            </thead>
            <tbody>
              ${members.map(([key, membership]) => row(state, scene, personOf(state, key), membership))}
            </tbody>
          </table>
        </div>`,
    });
  };
}

const Change = z.object({ person: z.string(), change: z.enum(['drop', 'add']) });

/** `POST /{manner}/courses/:course/roster`: drops or adds a student. */
export function changeRoster(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = teachingScene(state, req, res);
    if (!scene) return;
    const form = Change.safeParse(req.body);
    if (!form.success || state.people.get(form.data.person)?.kind !== 'student') {
      return void res
        .status(422)
        .send(messagePage('Not changed', 'Only students are added or dropped here.'));
    }
    const { person, change } = form.data;
    const active = change === 'add';
    const membership = scene.course.members.get(person);
    if (membership) membership.active = active;
    else if (active) scene.course.members.set(person, { role: 'student', active });
    res.redirect(303, `/${state.manner}/courses/${scene.course.id}/roster`);
  };
}

import type { RequestHandler } from 'express';
import { z } from 'zod';
import { findResult, lineItemsIn, overrideGrade } from '../gradebook.ts';
import { personOf, roleIn } from '../state.ts';
import type { LineItem, LmsPerson, MannerState, Result } from '../state.ts';
import { html, messagePage } from './layout.ts';
import type { Html } from './layout.ts';
import { courseHead, courseScene, show, teachingScene } from './scene.ts';
import type { CourseScene } from './scene.ts';

function points(score: number): string {
  return String(Math.round(score * 100) / 100);
}

function details(result: Result): Html {
  const progress = [result.activityProgress, result.gradingProgress]
    .filter((one) => one !== null)
    .join(' / ');
  return html`${progress !== '' && html`<div class="small">${progress}</div>`}
  ${result.comments.map((comment) => html`<div class="small">“${comment}”</div>`)}
  ${result.gradedBy === 'teacher' && html`<div class="small">typed by a teacher</div>`}`;
}

function editForm(state: MannerState, item: LineItem, person: LmsPerson, result: Result | null): Html {
  const label = `Grade of ${person.name} for ${item.label}`;
  const value = result?.score === null || result === null ? '' : points(result.score);
  return html`<form class="inline" method="post" action="/${state.manner}/courses/${item.courseId}/gradebook">
    <input type="hidden" name="item" value="${item.id}" />
    <input type="hidden" name="person" value="${person.key}" />
    <input class="points" name="score" inputmode="decimal" value="${value}" aria-label="${label}" />
    <button aria-label="Save: ${label}">Save</button>
  </form>`;
}

function cell(state: MannerState, scene: CourseScene, item: LineItem, person: LmsPerson): Html {
  const result = findResult(state, item.id, person.key);
  const score = result?.score ?? null;
  const attributes = html` data-item="${item.id}" data-person="${person.key}"`;
  return html`<td${attributes}>
    <div class="grade">${score === null ? '–' : `${points(score)} of ${item.scoreMaximum}`}</div>
    ${result && details(result)} ${scene.teaches && editForm(state, item, person, result)}
  </td>`;
}

function rowsFor(state: MannerState, scene: CourseScene): LmsPerson[] {
  const keys = [...scene.course.members.keys()].filter((key) => roleIn(scene.course, key) === 'student');
  const students = keys.map((key) => personOf(state, key));
  if (scene.teaches) return students;
  const own = [scene.person.key, ...scene.person.children];
  return students.filter((student) => own.includes(student.key));
}

function table(state: MannerState, scene: CourseScene, items: readonly LineItem[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Grades">
    <table>
      <thead>
        <tr>
          <th scope="col">Student</th>
          ${items.map(
            (item) =>
              html`<th scope="col">
                ${item.label}
                <div class="small">of ${item.scoreMaximum}</div>
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rowsFor(state, scene).map(
          (person) =>
            html`<tr>
              <th scope="row" dir="auto">${person.name}</th>
              ${items.map((item) => cell(state, scene, item, person))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** `GET /{manner}/courses/:course/gradebook` */
export function gradebookPage(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = courseScene(state, req, res);
    if (!scene) return;
    const items = lineItemsIn(state, scene.course.id);
    const title = scene.teaches ? 'Gradebook' : 'Grades';
    show(state, res, scene.person, {
      title,
      body: html`${courseHead(state, scene, 'gradebook', title)}
      ${items.length === 0 ? html`<p>There is nothing to grade yet.</p>` : table(state, scene, items)}`,
    });
  };
}

const Grade = z.object({
  item: z.string(),
  person: z.string(),
  score: z.union([z.literal(''), z.coerce.number().min(0)]),
});

/** `POST /{manner}/courses/:course/gradebook`: a teacher types a grade. */
export function typeGrade(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = teachingScene(state, req, res);
    if (!scene) return;
    const form = Grade.safeParse(req.body);
    const item = form.success ? state.lineItems.get(form.data.item) : undefined;
    if (!form.success || item?.courseId !== scene.course.id || !scene.course.members.has(form.data.person)) {
      return void res
        .status(422)
        .send(messagePage('Not saved', 'A grade is a number of 0 or more, or nothing.'));
    }
    const { person, score } = form.data;
    overrideGrade(state, item.id, person, score === '' ? null : score);
    res.redirect(303, `/${state.manner}/courses/${scene.course.id}/gradebook`);
  };
}

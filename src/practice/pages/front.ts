import type { RequestHandler } from 'express';
import type { LmsPerson, MannerState } from '../state.ts';
import { activeTools } from '../state.ts';
import { html, page } from './layout.ts';
import type { Html } from './layout.ts';
import { show } from './scene.ts';

/** `GET /`: choose one of the three manners. */
export function frontPage(states: readonly MannerState[]): RequestHandler {
  return (_req, res) => {
    res.send(
      page({
        title: 'Practice LMS',
        body: html`<h1>Riverbend High School, three times</h1>
          <p>
            One invented school, seen through three learning management systems. Choose one and sign in as a
            person.
          </p>
          <ul class="cards">
            ${states.map(
              (state) =>
                html`<li>
                  <h2><a href="/${state.manner}">${state.rules.title}</a></h2>
                  <p class="small">${activeTools(state).length} tool(s) active · issuer ${state.base}</p>
                </li>`,
            )}
          </ul>`,
      }),
    );
  };
}

const groups: [string, (person: LmsPerson) => boolean][] = [
  ['Administrator', (person) => person.kind === 'administrator'],
  ['Teachers and assistants', (person) => person.kind === 'teacher' || person.kind === 'assistant'],
  ['Parents', (person) => person.kind === 'parent'],
  ['Students', (person) => person.kind === 'student'],
  ['Test student', (person) => person.kind === 'testStudent'],
];

function group(state: MannerState, title: string, people: readonly LmsPerson[], to: string): Html | null {
  if (people.length === 0) return null;
  const target = to === '' ? '' : `&to=${encodeURIComponent(to)}`;
  return html`<h2>${title}</h2>
    <ul class="people">
      ${people.map(
        (person) =>
          html`<li>
            <a href="/${state.manner}/sign-in?as=${person.key}${target}" dir="auto">${person.name}</a>
          </li>`,
      )}
    </ul>`;
}

/** `GET /{manner}`: sign in as a person of the school. */
export function signInPage(state: MannerState): RequestHandler {
  return (req, res) => {
    const to = typeof req.query.to === 'string' ? req.query.to : '';
    const people = [...state.people.values()];
    show(state, res, null, {
      title: 'Sign in',
      body: html`<h1>Sign in to Riverbend (${state.rules.title})</h1>
        ${groups.map(([title, fits]) => group(state, title, people.filter(fits), to))}`,
    });
  };
}

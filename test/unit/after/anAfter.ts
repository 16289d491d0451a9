import { emptyAfter, type AfterOption, type AfterPlan } from '../../../src/after/after.ts';
import type { Application } from '../../../src/after/application.ts';
import { emptyResume, type Resume, type ResumeEntry } from '../../../src/after/resume.ts';
import type { Experience } from '../../../src/experiences/experience.ts';
import { anId, NOW } from '../../support/build.ts';

export function anAfter(overrides: Partial<AfterPlan> = {}): AfterPlan {
  return { ...emptyAfter(anId(), anId()), ...overrides };
}

export function anOption(overrides: Partial<AfterOption> = {}): AfterOption {
  return {
    kind: 'college',
    what: 'Nursing',
    why: 'I like to help.',
    steps: [],
    chosenAt: NOW,
    ...overrides,
  };
}

export function anApplication(overrides: Partial<Application> = {}): Application {
  return {
    id: anId(),
    where: 'Lakeside College',
    programme: null,
    kind: 'college',
    deadline: null,
    status: 'planning',
    needs: ['form', 'essay'],
    done: [],
    createdAt: NOW,
    changedAt: NOW,
    archivedAt: null,
    ...overrides,
  };
}

export function aResume(overrides: Partial<Resume> = {}): Resume {
  return { ...emptyResume(anId(), anId()), ...overrides };
}

export function anEntry(overrides: Partial<ResumeEntry> = {}): ResumeEntry {
  return {
    id: anId(),
    kind: 'award',
    title: 'First prize',
    place: 'Science fair',
    from: '2026-03-14',
    to: '2026-03-14',
    archivedAt: null,
    ...overrides,
  };
}

export function anExperience(overrides: Partial<Experience> = {}): Experience {
  return {
    id: anId(),
    institution: anId(),
    person: anId(),
    kind: 'volunteering',
    title: 'Library helper',
    organisation: 'City library',
    from: '2026-09-01',
    to: null,
    hours: [{ id: anId(), day: '2026-09-02', hours: 3, note: '' }],
    supervisor: { name: 'R. Ruiz', contact: 'at the desk' },
    reflection: '',
    skills: [],
    goal: null,
    opportunity: null,
    state: 'draft',
    confirmed: null,
    asked: null,
    version: 1,
    formVersion: 1,
    createdAt: NOW,
    changedAt: NOW,
    archivedAt: null,
    ...overrides,
  };
}

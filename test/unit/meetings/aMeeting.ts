import type { Meeting } from '../../../src/meetings/meeting.ts';
import { anId, NOW } from '../../support/build.ts';

/** A planned meeting of twenty minutes. */
export function aMeeting(overrides: Partial<Meeting> = {}): Meeting {
  return {
    id: anId(),
    institution: anId(),
    person: anId(),
    year: 2026,
    period: 1,
    state: 'planned',
    startsAt: new Date('2026-10-21T20:15:00Z'),
    minutes: 20,
    place: 'Room 204',
    link: '',
    attendees: [
      { role: 'student', name: '', came: null },
      { role: 'family', name: 'Chidi Okafor', came: null },
      { role: 'advisor', name: '', came: null },
    ],
    agenda: [],
    decisions: [],
    followUps: [],
    notes: { text: '', version: 0, changedAt: null },
    why: null,
    sequence: 0,
    version: 1,
    createdBy: anId(),
    createdAt: NOW,
    endedAt: null,
    ...overrides,
  };
}

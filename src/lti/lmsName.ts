import type { MessageKey } from '../shared/i18n.ts';
import type { LmsFamily } from './platform.ts';

const NAMES: Record<LmsFamily, MessageKey> = {
  canvas: 'courses.lms.canvas',
  schoology: 'courses.lms.schoology',
  moodle: 'courses.lms.moodle',
  generic: 'courses.lms.generic',
};

/** What people call the LMS; `generic` when it is not known which one it is. */
export function lmsNameOf(family: LmsFamily | null | undefined): MessageKey {
  return NAMES[family ?? 'generic'];
}

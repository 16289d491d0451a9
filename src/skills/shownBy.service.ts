import { experiencesOf } from '../experiences/experience.service.ts';
import { portfolioOf } from '../portfolio/evidence.service.ts';
import { isShown } from '../portfolio/evidence.ts';
import { shownByIn, type ShownBy } from './shownBy.ts';

/** What in a student's portfolio and experiences they tied to a skill; what was put away does not count. */
export async function shownByOf(institution: string, student: string): Promise<ShownBy> {
  const [evidence, experiences] = await Promise.all([
    portfolioOf(institution, student),
    experiencesOf(institution, student),
  ]);
  return shownByIn([...evidence.filter(isShown), ...experiences]);
}

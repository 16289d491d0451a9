/** Titles of what shows a skill, by the skill's key: pieces of the portfolio, then experiences. */
export type ShownBy = ReadonlyMap<string, readonly string[]>;

/** What was tied to each skill, in the order given. */
export function shownByIn(things: readonly { title: string; skills: readonly string[] }[]): ShownBy {
  const found = new Map<string, string[]>();
  for (const { title, skills } of things)
    for (const skill of skills) found.set(skill, [...(found.get(skill) ?? []), title]);
  return found;
}

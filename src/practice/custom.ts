/**
 * Replaces variables in custom parameters. A value that is exactly `$Name` is looked up:
 * text or null replaces it, undefined (a variable this LMS does not know, or not here) leaves it
 * as it is, which is what Canvas, Schoology and Moodle all do.
 */
export function expand(
  custom: Readonly<Record<string, string>>,
  lookUp: (name: string) => string | null | undefined,
): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(custom).map(([key, value]) => {
      if (!value.startsWith('$')) return [key, value];
      const found = lookUp(value.slice(1));
      return [key, found === undefined ? value : found];
    }),
  );
}

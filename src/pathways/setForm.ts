/** A requirement set as a browser sends it: numbered lines (`lines.0.label`), read and checked. */
import { say } from '../plans/say.ts';
import { Invalid, type FieldError } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { isMark } from './mark.ts';
import { LINE_CELLS, type TypedLine, type TypedSet } from './requirement.page.ts';
import { SET_LIMITS, type Need, type RequirementRule, type RequirementSet } from './requirement.ts';

/** What was typed, lines without any word left out. */
export function typedFrom(body: Readonly<Record<string, unknown>>): TypedSet {
  const text = (name: string): string =>
    typeof body[name] === 'string' ? body[name].slice(0, 2_000).trim() : '';
  const lines = Array.from({ length: SET_LIMITS.rules }, (_, nth) =>
    Object.fromEntries(LINE_CELLS.map((cell) => [cell, text(`lines.${nth}.${cell}`)])),
  ) as TypedLine[];
  return {
    name: text('name'),
    kind: text('kind'),
    citation: text('citation'),
    lines: lines.filter(
      ({ label, amount, subjects, codes }) => `${label}${amount}${subjects}${codes}` !== '',
    ),
  };
}

/** @throws Invalid with each problem beside its field. */
export function setFrom(
  typed: TypedSet,
  kind: RequirementSet['kind'],
): Pick<RequirementSet, 'name' | 'kind' | 'citation' | 'rules'> {
  const problems: FieldError[] = [];
  if (typed.name === '') problems.push({ field: 'name', message: say('requirements.error.name') });
  if (typed.lines.length === 0)
    problems.push({ field: 'lines.0.label', message: say('requirements.error.lines') });
  const rules = typed.lines.map((line, nth) => ruleFrom(line, nth, problems));
  if (problems.length > 0) throw new Invalid(problems);
  return { name: typed.name, kind, citation: typed.citation, rules };
}

function ruleFrom(line: TypedLine, nth: number, problems: FieldError[]): RequirementRule {
  const refuse = (cell: keyof TypedLine, message: string): void => {
    problems.push({ field: `lines.${nth}.${cell}`, message });
  };
  if (line.label === '') refuse('label', say('requirements.error.name'));
  if (line.minMark !== '' && !isMark(line.minMark)) refuse('minMark', say('requirements.error.mark'));
  const byGrade = Number(line.byGrade);
  return {
    id: line.id || newId(),
    label: line.label,
    need: needFrom(line, refuse),
    minMark: line.minMark || null,
    byGrade: byGrade >= 6 && byGrade <= 12 ? byGrade : null,
    shared: line.shared === '1',
  };
}

function needFrom(line: TypedLine, refuse: (cell: keyof TypedLine, message: string) => void): Need {
  const codes = listOf(line.codes);
  const amount = Number(line.amount.replace(',', '.'));
  const isAmount = line.amount !== '' && amount >= 0 && amount <= 100;
  if (line.need === 'credits') {
    if (!isAmount) refuse('amount', say('requirements.error.amount'));
    return { kind: 'credits', credits: isAmount ? amount : 0, subjects: listOf(line.subjects), codes };
  }
  if (codes.length === 0) refuse('codes', say('requirements.error.codes'));
  if (line.need === 'courses') return { kind: 'courses', codes };
  const count = Math.min(Math.floor(amount), codes.length);
  if (!isAmount || count < 1) refuse('amount', say('requirements.error.amount'));
  return { kind: 'anyOf', count, codes };
}

function listOf(text: string): string[] {
  return text
    .split(/[;\n]/)
    .map((one) => one.trim())
    .filter(Boolean)
    .slice(0, SET_LIMITS.codes);
}

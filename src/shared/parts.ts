import type { FieldError } from './errors.ts';
import type { Chunk } from './i18n.ts';
import type { Tone } from './page.ts';

/**
 * What the shared partials print (`views/shared/_NAME.ejs`), so that page builders are typed. All text is
 * ready to be read: translated, formatted. Optional fields may be left out; the partial has the default.
 */
export interface Chip {
  label: string;
  tone?: Tone | 'plain';
  icon?: string | null;
}

/** A button or, with `href`, a link that looks like one. `more` is heard but not seen. */
export interface Action {
  label: string;
  href?: string | null;
  kind?: 'primary' | 'plain' | 'quiet';
  large?: boolean;
  icon?: string | null;
  iconEnd?: string | null;
  more?: string | null;
  name?: string | null;
  value?: string | null;
  form?: string | null;
  describedBy?: string | null;
  newTab?: boolean;
  disabled?: boolean;
}

export interface Ring {
  done: number;
  total: number;
  /** 0–100; left out: done of total. */
  percent?: number | null;
  tone?: 'done' | null;
}

export interface PathNode {
  label: string;
  note?: string | null;
  icon: string;
  state: 'done' | 'current' | 'todo';
  tone?: 'warn' | null;
}

export interface Notice {
  id: string;
  title: string;
  meta?: string | null;
  text?: string | null;
  quote?: string | null;
  tone?: 'warn' | 'stop' | 'done' | 'now' | 'review';
  initials?: string | null;
  icon?: string | null;
  actions?: readonly Action[];
}

export interface Option {
  value: string;
  label: string;
  hint?: string | null;
  tone?: 'done' | 'warn' | null;
}

/** A question: label, hint, error and control. `id` is `name` unless given; the error summary links to it. */
export interface Field {
  name: string;
  label: string;
  kind?: 'text' | 'textarea' | 'select' | 'date' | 'number' | 'email' | 'url' | 'search';
  id?: string | null;
  value?: string;
  hint?: string | null;
  error?: string | null;
  sees?: string | null;
  optional?: boolean;
  rows?: number;
  maxLength?: number | null;
  options?: readonly Option[];
  autocomplete?: string | null;
  inputMode?: string | null;
  /** Small label, for rows of fields and filters. */
  compact?: boolean;
  width?: 'short' | 'date' | 'grow' | null;
  more?: string | null;
  form?: string | null;
  readOnly?: boolean;
}

/** Radio buttons (`value`) or check boxes (`values`) under one legend. */
export interface Choices {
  name: string;
  legend: string;
  options: readonly Option[];
  value?: string | null;
  values?: readonly string[];
  hint?: string | null;
  error?: string | null;
  sees?: string | null;
  optional?: boolean;
  wide?: boolean;
  more?: string | null;
}

export interface Row {
  label: string;
  href: string;
  hint?: string | null;
  state: 'done' | 'now' | 'warn' | 'todo';
  status: Chip;
}

export interface TaskGroup {
  title: string;
  done: number;
  total: number;
  open: boolean;
  rows: readonly Row[];
}

export interface StepLine {
  label: string;
  date?: string | null;
  soon?: boolean;
  state: 'done' | 'now' | 'todo';
}

export interface GoalCard {
  id: string;
  eyebrow: string;
  title: string;
  status: Chip;
  done: number;
  total: number;
  steps: readonly StepLine[];
  actions: readonly Action[];
}

/** A tick (`action`: the URL its form posts to) or, with `href`, a link to where it is done. */
export interface Todo {
  id: string;
  label: string;
  meta: string;
  soon?: boolean;
  done?: boolean;
  action?: string | null;
  href?: string | null;
}

export interface Person {
  name: string;
  initials: string;
  note: string;
  tone?: 'review' | 'done' | 'warn' | null;
}

export interface LogEntry {
  icon: string;
  flip?: boolean;
  chunks: readonly Chunk[];
  when: string;
  datetime: string;
}

export interface Tile {
  count: string;
  label: string;
  icon: string;
  tone?: Tone;
  href: string;
  current?: boolean;
}

export interface FilterBar {
  label: string;
  action: string;
  search: { name: string; label: string; value: string } | null;
  selects: readonly { name: string; label: string; value: string; options: readonly Option[] }[];
  sort?: { name: string; label: string; value: string; options: readonly Option[] } | null;
}

export interface Column {
  label: string;
  cls?: string;
  /** The heading is heard but not seen. */
  quiet?: boolean;
  sort?: { href: string; direction: 'ascending' | 'descending' | null } | null;
}

export type Cell =
  | { kind: 'chip'; cls: string; chip: Chip }
  | { kind: 'meter'; cls: string; done: number; total: number }
  | { kind: 'next'; cls: string; text: string; tone: 'stop' | 'warn' | null; icon: string | null }
  | { kind: 'why'; cls: string; title: string | null; text: string }
  | { kind: 'text'; cls: string; text: string }
  | { kind: 'action'; cls: string; action: Action | null; quiet: boolean };

export interface TableRow {
  who: { name: string; href: string | null; sub: string | null };
  pick?: { name: string; value: string; checked: boolean; form: string | null } | null;
  cells: readonly Cell[];
}

export interface DataTable {
  labelledBy: string;
  columns: readonly Column[];
  rows: readonly TableRow[];
  variant?: 'sync' | null;
}

/** Pages by Next and Previous; `total` is left out where counting would cost too much. */
export interface Pager {
  from: number;
  to: number;
  total?: number | null;
  previous?: string | null;
  next?: string | null;
}

export interface Segment {
  label: string;
  href: string;
  current: boolean;
}

export interface ThreadComment {
  initials: string;
  tone?: 'review' | 'done' | 'warn' | null;
  name: string;
  when: string;
  datetime: string;
  text: string;
}

export interface Ready {
  label: string;
  note?: string | null;
  state: 'done' | 'warn' | 'todo';
}

export interface Head {
  title: string;
  back?: { href: string; label: string } | null;
  eyebrow?: string | null;
  lede?: string | null;
  status?: Chip | null;
}

export interface FileLine {
  label: string;
  href: string;
  sub: string;
  remove?: { name: string; value: string; label: string } | null;
}

export interface ErrorSummary {
  errors: readonly FieldError[];
  intro?: string | null;
}

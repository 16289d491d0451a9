import type {
  Action,
  Cell,
  Chip,
  Choices,
  DataTable,
  ErrorSummary,
  Field,
  FileLine,
  FilterBar,
  GoalCard,
  Head,
  LogEntry,
  Notice,
  Pager,
  PathNode,
  Person,
  Ready,
  Ring,
  Row,
  Segment,
  StepLine,
  TaskGroup,
  ThreadComment,
  Tile,
  Todo,
} from '../../../src/shared/parts.ts';
import type { Message } from '../../../src/shared/system.page.ts';

/**
 * One or more arguments for every shared partial; `say` makes each text, so that the same set serves plain words and
 * hostile ones. Typed by `parts.ts`: a partial's shape cannot drift from its type.
 */
export function partFixtures(say: (text: string) => string): Record<string, object[]> {
  const chip: Chip = { label: say('In progress'), tone: 'now', icon: 'half' };
  const link: Action = {
    label: say('Edit'),
    href: `/goals/${encodeURIComponent(say('1'))}`,
    kind: 'primary',
    iconEnd: 'right',
  };
  const button: Action = {
    label: say('Send'),
    name: say('do'),
    value: say('send'),
    icon: 'send',
    more: say('to Ms. Alvarez'),
    describedBy: 'state',
    form: 'f',
    kind: 'quiet',
    large: true,
    disabled: true,
  };
  const steps: StepLine[] = [
    { label: say('Join the club'), date: say('Sep 12'), state: 'done' },
    { label: say('Order parts'), date: say('Due Oct 9'), soon: true, state: 'now' },
    { label: say('Build the base'), state: 'todo' },
  ];
  const row: Row = {
    label: say('Career goal'),
    href: '/goals/1',
    hint: say('Add a first step'),
    state: 'warn',
    status: chip,
  };
  const option = { value: say('9'), label: say('Grade 9') };
  const fields: Field[] = [
    {
      name: 'what',
      label: say('What do you want to do?'),
      kind: 'textarea',
      value: say('Build a robot arm'),
      hint: say('One sentence.'),
      error: say('Say what you want'),
      sees: say('You and Ms. Alvarez'),
      rows: 4,
      maxLength: 500,
      more: say('for step 1'),
      form: 'f',
    },
    {
      name: 'by',
      label: say('By when?'),
      kind: 'date',
      value: '2027-03-14',
      error: say('The date must be after today'),
    },
    { name: 'q', label: say('Find a student'), kind: 'search', value: say('Ok'), compact: true },
    {
      name: 'g',
      label: say('Grade'),
      kind: 'select',
      value: say('9'),
      options: [option],
      compact: true,
      error: say('Choose'),
    },
    { name: 'n', label: say('I have now'), kind: 'number', width: 'short', optional: true },
    {
      name: 'e',
      label: say('E-mail'),
      kind: 'email',
      autocomplete: 'email',
      inputMode: 'email',
      readOnly: true,
      width: 'grow',
    },
  ];
  const choices: Choices[] = [
    {
      name: 'answer',
      legend: say('Your answer'),
      value: say('9'),
      options: [{ ...option, tone: 'done', hint: say('Fine') }],
      error: say('Choose one'),
      hint: say('Pick'),
      sees: say('You'),
      more: say('for Goals'),
    },
    {
      name: 'likes',
      legend: say('What do you like?'),
      values: [say('9')],
      options: [option, { value: 'b', label: say('Other') }],
      wide: true,
      optional: true,
    },
  ];
  const notices: Notice[] = [
    {
      id: 'fb',
      title: say('One change'),
      meta: say('Yesterday'),
      quote: say('I love it'),
      initials: say('RA'),
      actions: [link, button],
    },
    { id: 'pr', title: say('Two grades waiting'), text: say('We try again.'), tone: 'stop', icon: 'sync' },
  ];
  const path: PathNode[] = [
    { label: say('Build'), note: say('Sep 28'), icon: 'check', state: 'done' },
    { label: say('Review'), icon: 'eye', state: 'current', tone: 'warn' },
    { label: say('Signed off'), icon: 'flag', state: 'todo' },
  ];
  const group: TaskGroup = { title: say('Goals'), done: 2, total: 4, open: true, rows: [row] };
  const goal: GoalCard = {
    id: 'goal',
    eyebrow: say('Career goal'),
    title: say('A robot arm'),
    status: chip,
    done: 1,
    total: 3,
    steps,
    actions: [link],
  };
  const todo: Todo[] = [
    { id: 't1', label: say('Order parts'), meta: say('Due Friday'), soon: true, action: '/steps/1' },
    { id: 't2', label: say('Answer'), meta: say('No date'), href: '/goals/1' },
    { id: 't3', label: say('Done'), meta: say('Today'), done: true },
  ];
  const person: Person = {
    name: say('Ms. Alvarez'),
    initials: say('RA'),
    note: say('Advisor'),
    tone: 'review',
  };
  const log: LogEntry = {
    icon: 'msg',
    flip: true,
    when: say('Yesterday at 3:40 PM'),
    datetime: '2026-10-05T20:40:00Z',
    chunks: [
      { text: say('You finished '), bold: false },
      { text: say('School goal'), bold: true },
    ],
  };
  const tile: Tile = {
    count: say('14'),
    label: say('Ready to review'),
    icon: 'eye',
    tone: 'review',
    href: '/caseload?view=ready',
    current: true,
  };
  const select = { name: 'grade', label: say('Grade'), value: say('9'), options: [option] };
  const filter: FilterBar = {
    label: say('Find students'),
    action: '/caseload',
    search: { name: 'q', label: say('Find'), value: say('Ok') },
    selects: [select],
    sort: select,
  };
  const cells: Cell[] = [
    { kind: 'chip', cls: 'state', chip },
    { kind: 'meter', cls: 'prog', done: 14, total: 14 },
    { kind: 'next', cls: 'next', text: say('Plan was due Sep 25'), tone: 'stop', icon: 'clock' },
    { kind: 'why', cls: 'why', title: say('Canvas was busy'), text: say('We try again') },
    { kind: 'text', cls: 'contact', text: say('Oct 2') },
    { kind: 'action', cls: 'act', action: button, quiet: true },
  ];
  const table: DataTable = {
    labelledBy: 'list',
    variant: 'sync',
    columns: [
      { label: say('Student'), sort: { href: '/caseload?sort=name', direction: null } },
      {
        label: say('Status'),
        cls: 'state',
        sort: { href: '/caseload?sort=status', direction: 'descending' },
      },
      { label: say('Action'), cls: 'act', quiet: true },
      { label: say('Next') },
    ],
    rows: [
      {
        who: { name: say('Okafor, Maya'), href: '/students/1', sub: say('Grade 9') },
        pick: { name: 'student', value: say('1'), checked: true, form: 'bulk' },
        cells,
      },
      { who: { name: say('Begay, Sam'), href: null, sub: null }, cells: [] },
    ],
  };
  const pagers: Pager[] = [
    { from: 1, to: 10, total: 312, next: '/caseload?after=1' },
    { from: 11, to: 20, previous: '/caseload' },
  ];
  const segments: { label: string; items: Segment[] } = {
    label: say('Sections shown'),
    items: [{ label: say('Changes (3)'), href: '/review', current: true }],
  };
  const head: Head = {
    title: say('Edit my goal'),
    back: { href: '/plan', label: say('Back to my plan') },
    eyebrow: say('Career goal'),
    lede: say('Save as you go'),
    status: chip,
  };
  const comment: ThreadComment = {
    initials: say('RA'),
    name: say('Ms. Alvarez'),
    when: say('Yesterday'),
    datetime: '2026-10-05',
    text: say('What kind of nurse?'),
    tone: 'done',
  };
  const ready: Ready[] = [
    { label: say('Goal'), state: 'done' },
    { label: say('By when'), note: say('In the past'), state: 'warn' },
    { label: say('Steps'), state: 'todo' },
  ];
  const file: FileLine = {
    label: say('Notes.docx'),
    href: '/files/1',
    sub: say('Word, 84 KB'),
    remove: { name: 'remove', value: '1', label: say('Remove') },
  };
  const summary: ErrorSummary = {
    errors: [{ field: 'what', message: say('Say what you want') }],
    intro: say('Your words are kept.'),
  };
  const ring: Ring = { done: 9, total: 14, percent: 64, tone: 'done' };
  const msg: Message = {
    icon: 'lock',
    tone: 'warn',
    title: say('Signed out'),
    paragraphs: [say('Words are kept')],
    quiet: say('Soon'),
    items: [{ icon: 'redo', text: say('Just joined?') }],
    ref: { label: say('Number'), value: say('WM-7F3K') },
    kept: { label: say('Not saved'), hint: say('Copy it'), text: say('My first step') },
    form: {
      action: '/lti/continue',
      fields: [{ name: 'code', value: say('abc') }],
      button,
      newTab: true,
      auto: false,
    },
    actions: [link],
    foot: say('Nothing opened?'),
  };
  const kv = { items: [{ label: say('Students'), value: say('28') }] };
  return {
    autosave: [{}],
    avatar: [{ initials: say('RA'), tone: 'done' }, { icon: 'warn' }],
    brand: [{}],
    button: [link, button],
    buttons: [{ buttons: [link, button], row: true }],
    cell: cells,
    chevron: [{}],
    chip: [chip, { label: say('Completed') }],
    choices,
    dataTable: [table],
    dateTile: [{ month: say('OCT'), day: say('21') }],
    error: [{ id: 'what-e', message: say('Say it') }],
    errorSummary: [summary, { errors: [] }],
    facts: [kv],
    field: fields,
    files: [{ files: [file] }],
    filterBar: [filter, { ...filter, search: null, sort: null }],
    goalCard: [goal, { ...goal, steps: [], total: 0, actions: [] }],
    head: [head, { title: say('Caseload') }],
    hidden: [{}, { key: say('k1'), version: 3 }],
    icon: [{ name: 'check' }, { name: 'right', flip: true, tone: 'stop' }],
    kv: [kv],
    linkList: [
      {
        id: 'more',
        title: say('More'),
        links: [{ label: say('History'), href: '/plan/history', icon: 'clock' }],
      },
    ],
    log: [{ entries: [log] }],
    msg: [msg, { icon: 'off', title: say('Offline'), paragraphs: [] }],
    notice: notices,
    pager: pagers,
    path: [{ label: say('Where your plan is'), nodes: path }],
    peopleList: [{ people: [person] }],
    ready: [{ items: ready }],
    rich: [{ chunks: log.chunks }],
    ring: [ring, { done: 0, total: 0 }],
    row: [row],
    saveStatus: [{}, { savedAt: say('2:14 PM'), id: 's2' }],
    sees: [{ text: say('You'), id: 'what-s' }],
    segmented: [segments],
    stepsLine: [{ steps }],
    tags: [{ tags: [{ label: say('Grade 9'), href: '/caseload' }] }],
    taskGroup: [group, { ...group, done: 4, open: false }],
    thread: [{ comments: [comment] }],
    tick: [
      {
        name: 'done',
        label: say('I have finished'),
        hint: say('You can still change it'),
        checked: true,
        form: 'f',
      },
    ],
    tiles: [{ tiles: [tile], label: say('Views'), four: true }],
    todo: [{ items: todo }],
  };
}

import { initialsOf } from '../people/person.ts';
import type { ActorRole } from '../people/actor.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { formatter } from '../shared/format.ts';
import type { SignatureFacts } from './signatureFacts.ts';
import {
  isInTurn,
  isOpen,
  isSettled,
  shortHash,
  signsAs,
  SIGNATURE_LABEL,
  type Signature,
} from './signature.ts';

/** One signer in the list. */
export interface SignerRow {
  id: string;
  initials: string;
  tone: 'review' | 'warn' | null;
  who: string;
  line: string;
  chip: Chip;
  /** Posts that it was opened and leads to what is signed. */
  open: string | null;
  actions: Action[];
}

export interface SignatureListPage extends PageModel {
  head: Head;
  version: { title: string; hash: string; hint: string } | null;
  read: Action | null;
  summary: string;
  none: string | null;
  rows: SignerRow[];
  earlier: { title: string; rows: SignerRow[] }[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'signatures/list': SignatureListPage;
  }
}

/** Who looks, and what they are to the student. */
export interface Reader {
  /** In which capacities they may sign: an administrator who also advises has both. */
  roles: readonly ActorRole[];
  /** The student, as staff's pages name them; null on the student's own page. */
  student: { id: string; name: string } | null;
}

export function signatureListPage(words: Words, facts: SignatureFacts, reader: Reader): SignatureListPage {
  const { t } = words;
  const { student } = reader;
  const title = student ? t('signatures.titleOf', { name: student.name }) : t('signatures.title');
  const back = student
    ? { href: paths.student(student.id), label: t('signatures.backTo', { name: student.name }) }
    : { href: paths.plan, label: t('signatures.back') };
  const revisions = [...new Set(facts.earlier.map(({ revision }) => revision))];
  return {
    title,
    head: { title, back, lede: t(student ? 'signatures.ledeStaff' : 'signatures.lede') },
    version: versionOf(words, facts),
    read: readAction(words, facts, reader),
    summary: summaryOf(words, facts),
    none: facts.current.length > 0 ? null : t(facts.asks ? 'signatures.noneWhy' : 'signatures.noneNeeded'),
    rows: facts.current.map((one) => rowOf(words, facts, reader, one)),
    earlier: revisions.map((revision) => ({
      title: t('signatures.earlierOf', { revision }),
      rows: facts.earlier
        .filter((one) => one.revision === revision)
        .map((one) => rowOf(words, facts, reader, one)),
    })),
  };
}

/** Which version is signed, with the short form of its hash. */
export function versionOf({ t }: Words, { frozen, zone }: SignatureFacts): SignatureListPage['version'] {
  if (!frozen) return null;
  const day = formatter(t, zone).date(frozen.at);
  return {
    title: t('signatures.version', { revision: frozen.revision, day }),
    hash: t('signatures.hash', { hash: shortHash(frozen.hash) }),
    hint: t('signatures.hashHint'),
  };
}

function summaryOf({ t }: Words, { current }: SignatureFacts): string {
  if (current.length === 0) return t('signatures.none');
  const count = current.filter((one) => one.required && !isSettled(one)).length;
  return count === 0 ? t('signatures.all') : t('signatures.waiting', { count });
}

const TONE = { student: null, family: 'review', advisor: 'warn', school: 'warn', other: null } as const;

function rowOf(words: Words, facts: SignatureFacts, reader: Reader, one: Signature): SignerRow {
  const { t } = words;
  const role = t(`signatures.role.${one.role}`);
  const inTurn = facts.plan.state === 'signing' || !one.required ? isInTurn(one, facts.current) : false;
  const own = inTurn && reader.roles.some((mine) => signsAs(one.role, mine));
  return {
    id: one.id,
    initials: initialsOf(role),
    tone: TONE[one.role],
    who: one.required ? role : t('signatures.roleOptional', { role }),
    line: lineOf(words, facts, one),
    chip: chipOf(words, one, inTurn),
    open: own ? openPath(reader, one.id) : null,
    actions: own ? [] : staffActions(words, reader, one, inTurn),
  };
}

function openPath({ student }: Reader, id: string): string {
  return student ? paths.openStudentSignature(student.id, id) : paths.openSignature(id);
}

/** What is signed is one text, whoever signs it: read on the page of the first of them. */
function readAction({ t }: Words, { current }: SignatureFacts, reader: Reader): Action | null {
  const [first] = current;
  return first
    ? { label: t('signatures.read'), href: showPath(reader, first.id), kind: 'quiet', icon: 'file' }
    : null;
}

function showPath({ student }: Reader, id: string): string {
  return student ? paths.studentSignature(student.id, id) : paths.signature(id);
}

/** What staff do for others whose turn it is, and the scan of what came on paper. */
function staffActions({ t }: Words, reader: Reader, { id, scan }: Signature, inTurn: boolean): Action[] {
  const { student } = reader;
  if (!student) return [];
  return [
    ...(inTurn ? [{ label: t('signatures.record'), href: showPath(reader, id), icon: 'print' }] : []),
    ...(scan
      ? [
          {
            label: t('signatures.paper.scan'),
            href: paths.signatureScan(student.id, id),
            kind: 'quiet' as const,
            icon: 'dl',
          },
        ]
      : []),
  ];
}

function lineOf({ t }: Words, { names, zone }: SignatureFacts, one: Signature): string {
  const fmt = formatter(t, zone);
  const by = names.get(one.by ?? '') ?? t('thread.somebody');
  const name = one.name || by;
  const day = fmt.date(one.settledAt ?? one.viewedAt ?? one.requestedAt);
  const reason = one.reason ?? '';
  switch (one.state) {
    case 'requested':
      return t('signatures.line.requested', { day });
    case 'viewed':
      return t('signatures.line.viewed', { day });
    case 'signed':
      return t('signatures.line.signed', { name, day });
    case 'declined':
      return t('signatures.line.declined', { day, reason });
    case 'paper':
      return t('signatures.line.paper', { name, by, day: fmt.date(one.paperDay ?? '') });
    case 'waived':
      return t(`signatures.line.waived.${one.ground ?? 'attempts'}`, { day, by, reason });
    case 'void': {
      const was = t(SIGNATURE_LABEL[one.was ?? 'requested']);
      return t('signatures.line.void', { state: was, day: fmt.date(one.voidedAt ?? one.requestedAt) });
    }
  }
}

function chipOf({ t }: Words, one: Signature, inTurn: boolean): Chip {
  if (isOpen(one))
    return inTurn
      ? { label: t('signatures.chip.turn'), tone: 'now', icon: 'half' }
      : { label: t('signatures.chip.waits'), tone: 'quiet', icon: 'clock' };
  const looks = {
    signed: { tone: 'done', icon: 'check' },
    paper: { tone: 'done', icon: 'print' },
    waived: { tone: 'quiet', icon: 'check' },
    declined: { tone: 'stop', icon: 'x' },
    void: { tone: 'quiet', icon: 'undo' },
    requested: { tone: 'quiet', icon: 'clock' },
    viewed: { tone: 'quiet', icon: 'clock' },
  } as const;
  const state = one.state === 'requested' || one.state === 'viewed' ? 'waits' : one.state;
  return { label: t(`signatures.chip.${state}`), ...looks[one.state] };
}

import { snapshotText, type TextGroup } from '../history/snapshotText.ts';
import { GOOD_FAITH } from '../meetings/contact.ts';
import { isStaffRole } from '../people/actor.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Choices, Field, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { SignatureFacts } from './signatureFacts.ts';
import { isInTurn, isOpen, SIGNATURE_LIMITS, signsAs, type Signature } from './signature.ts';
import { versionOf, type Reader, type SignatureListPage } from './signatureList.page.ts';

export interface SignaturePage extends PageModel {
  head: Head;
  version: SignatureListPage['version'];
  broken: string | null;
  groups: TextGroup[];
  /** Why it cannot be signed here now. */
  closed: string | null;
  sign: {
    action: string;
    name: string;
    agree: { name: string; label: string; checked: boolean };
    agreeError: string | null;
    check: string;
    button: string;
  } | null;
  decline: { action: string; open: boolean; reason: Field } | null;
  paper: { action: string; open: boolean; name: Field; day: Field; fileError: string | null } | null;
  waive: {
    action: string;
    open: boolean;
    ground: Choices;
    have: string;
    reason: Field;
    log: Action;
  } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'signatures/show': SignaturePage;
  }
}

export interface SignatureShowFacts extends SignatureFacts {
  signature: Signature;
  /** The viewer's own name. */
  viewerName: string;
  /** The school's calendar day. */
  today: string;
  problems?: readonly FieldError[];
  typed?: Readonly<Record<string, string>>;
}

export function signaturePage(words: Words, facts: SignatureShowFacts, reader: Reader): SignaturePage {
  const { t } = words;
  const { frozen, problems = [] } = facts;
  const title = t('signatures.sign.title');
  const { student } = reader;
  const back = student ? paths.studentSignatures(student.id) : paths.signatures;
  return {
    title,
    errors: problems,
    head: {
      title,
      back: { href: back, label: t('signatures.backList') },
      eyebrow: student?.name ?? null,
      lede: t('signatures.sign.lede'),
    },
    version: versionOf(words, facts),
    broken: frozen?.intact === false ? t('signatures.notIntact') : null,
    groups: frozen ? snapshotText(words, frozen.content) : [],
    ...forms(words, facts, reader),
  };
}

function forms(
  words: Words,
  facts: SignatureShowFacts,
  reader: Reader,
): Pick<SignaturePage, 'closed' | 'sign' | 'decline' | 'paper' | 'waive'> {
  const { t } = words;
  const { signature, current, plan } = facts;
  const asked = isOpen(signature) && (plan.state === 'signing' || !signature.required);
  const inTurn = asked && isInTurn(signature, current);
  const own = reader.roles.some((role) => signsAs(signature.role, role));
  const staff = reader.roles.some(isStaffRole);
  const forOthers = staff && (signature.role === 'family' || signature.role === 'other');
  const waits = asked && !inTurn ? t('signatures.sign.turn') : null;
  return {
    closed: own && signature.state === 'signed' ? t('signatures.sign.done') : waits,
    sign: inTurn && own ? signForm(words, facts, reader) : null,
    decline: inTurn && (own || forOthers) ? declineForm(words, facts, reader) : null,
    paper: inTurn && staff && reader.student ? paperForm(words, facts, reader.student.id) : null,
    waive:
      inTurn && staff && reader.student && signature.role === 'family'
        ? waiveForm(words, facts, reader.student.id)
        : null,
  };
}

function signForm({ t }: Words, facts: SignatureShowFacts, { student }: Reader): SignaturePage['sign'] {
  const { signature, viewerName, problems = [], plan } = facts;
  return {
    action: student ? paths.studentSignature(student.id, signature.id) : paths.signature(signature.id),
    name: viewerName,
    agree: { name: 'agree', label: t('signatures.sign.agree'), checked: false },
    agreeError: errorOf(problems, 'agree'),
    check: t('signatures.sign.check', { revision: plan.revision }),
    button: t('signatures.sign.button', { name: viewerName }),
  };
}

/** A field of one of the page's forms: shown again only on the form that was refused. */
function fieldOf(
  facts: SignatureShowFacts,
  form: string,
  field: Omit<Field, 'value' | 'error'>,
  first = '',
): Field {
  const { problems = [], typed = {} } = facts;
  const isThis = typed['form'] === form;
  return {
    ...field,
    id: `${form}-${field.name}`,
    value: isThis ? (typed[field.name] ?? first) : first,
    error: isThis ? errorOf(problems, `${form}-${field.name}`) : null,
  };
}

function declineForm({ t }: Words, facts: SignatureShowFacts, { student }: Reader): SignaturePage['decline'] {
  const { id } = facts.signature;
  const label = t('signatures.decline.reason');
  return {
    action: student ? paths.declineStudentSignature(student.id, id) : paths.declineSignature(id),
    open: facts.typed?.['form'] === 'decline',
    reason: fieldOf(facts, 'decline', {
      name: 'reason',
      label,
      kind: 'textarea',
      rows: 2,
      maxLength: SIGNATURE_LIMITS.reason,
    }),
  };
}

function paperForm({ t }: Words, facts: SignatureShowFacts, student: string): SignaturePage['paper'] {
  const { today, signature, problems = [], typed = {} } = facts;
  return {
    action: paths.paperSignature(student, signature.id),
    open: typed['form'] === 'paper',
    name: fieldOf(facts, 'paper', {
      name: 'name',
      label: t('signatures.paper.name'),
      maxLength: SIGNATURE_LIMITS.name,
      autocomplete: 'off',
    }),
    day: fieldOf(facts, 'paper', { name: 'day', label: t('signatures.paper.day'), kind: 'date' }, today),
    fileError: typed['form'] === 'paper' ? errorOf(problems, 'paper-file') : null,
  };
}

function waiveForm({ t }: Words, facts: SignatureShowFacts, student: string): SignaturePage['waive'] {
  const { attempts, signature, problems = [], typed = {} } = facts;
  return {
    action: paths.waiveSignature(student, signature.id),
    open: typed['form'] === 'waive',
    have: t('signatures.waive.have', { have: attempts, needed: GOOD_FAITH }),
    ground: {
      name: 'ground',
      legend: t('signatures.waive.ground'),
      value: typed['ground'] ?? null,
      error: errorOf(problems, 'ground'),
      options: [
        { value: 'attempts', label: t('signatures.waive.attempts') },
        { value: 'adult', label: t('signatures.waive.adult') },
      ],
    },
    reason: fieldOf(facts, 'waive', {
      name: 'reason',
      label: t('signatures.waive.reason'),
      sees: t('signatures.waive.sees'),
      maxLength: SIGNATURE_LIMITS.reason,
    }),
    log: {
      label: t('signatures.waive.log'),
      href: `${paths.studentMeetings(student)}#contacts`,
      kind: 'quiet',
      icon: 'msg',
    },
  };
}

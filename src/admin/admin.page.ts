import type { Course } from '../courses/course.ts';
import type { MemberCounts } from '../courses/members.ts';
import { capital } from '../courses/rosterWords.ts';
import { lmsNameOf } from '../lti/lmsName.ts';
import type { Deployment, Platform } from '../lti/platform.ts';
import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Field, FilterBar } from '../shared/parts.ts';
import { initialsOf } from '../people/person.ts';
import type { Institution } from '../institutions/institution.ts';
import { paths } from '../shared/paths.ts';
import { settingsForm, type SettingsForm, type TypedSettings } from './settingsForm.page.ts';

declare module '../shared/page.ts' {
  interface Pages {
    'admin/show': AdminPage;
  }
}

/** One line with at most one button, each in a form of its own. */
interface AdminItem {
  title: string;
  href: string | null;
  sub: string | null;
  initials: string | null;
  status: Chip | null;
  form: { action: string; fields: readonly { name: string; value: string }[]; button: Action } | null;
  /** What belongs to it: the places of an LMS. */
  within: readonly AdminItem[];
}

export interface AdminPage extends PageModel {
  lede: string;
  /** The other pages of the set-up. */
  links: readonly { label: string; href: string; icon: string }[];
  errors: readonly FieldError[];
  intro: string;
  settings: SettingsForm;
  connections: { items: readonly AdminItem[]; empty: string | null; check: string | null };
  invite: {
    body: string;
    action: string;
    button: Action;
    ready: { field: Field; steps: readonly string[] } | null;
  };
  courses: { lede: string; filter: FilterBar | null; items: readonly AdminItem[]; empty: string | null };
  people: {
    lede: string;
    items: readonly AdminItem[];
    candidates: readonly AdminItem[];
    find: { action: string; field: Field; button: Action };
  };
}

export interface AdminFacts {
  school: Institution;
  /** After an error: the settings as they were typed. */
  typed: TypedSettings | null;
  /** The administrator who looks. */
  viewer: string;
  connections: readonly { platform: Platform; isOwn: boolean; deployments: readonly Deployment[] }[];
  courses: readonly Course[];
  counts: ReadonlyMap<string, MemberCounts>;
  search: string;
  administrators: readonly { person: string; by: string; at: Date }[];
  /** People whose LMS calls them administrators, and who are none here. */
  candidates: readonly string[];
  /** Person id → name. */
  names: ReadonlyMap<string, string>;
  /** Just made: shown once, never stored. */
  invite: { url: string; expiresAt: Date } | null;
  who: string;
  errors: readonly FieldError[];
}

/** From this many courses on, a search stands above them. */
const MANY = 12;

/** The pages on which a school says what its plan is made of. */
function linksOf({ t }: Words): AdminPage['links'] {
  return [
    { label: t('admin.links.frameworks'), href: paths.adminFrameworks, icon: 'plan' },
    { label: t('admin.links.catalogue'), href: paths.adminCatalogue, icon: 'book' },
    { label: t('admin.links.requirements'), href: paths.adminRequirements, icon: 'tick' },
    { label: t('admin.links.careers'), href: paths.adminCareers, icon: 'search' },
    { label: t('admin.links.inventories'), href: paths.adminInventories, icon: 'bulb' },
    { label: t('admin.links.opportunities'), href: paths.opportunities, icon: 'hand' },
    { label: t('admin.links.imports'), href: paths.adminImports, icon: 'upload' },
  ];
}

/** The school's set-up: connections, advisory courses, administrators. */
export function adminPage(words: Words, facts: AdminFacts): AdminPage {
  const { t } = words;
  const items = facts.connections.map((connection) => connectionItem(words, facts.school.name, connection));
  const all = [...items, ...items.flatMap(({ within }) => within)];
  return {
    title: t('admin.title'),
    lede: t('admin.lede', { school: facts.school.name }),
    links: linksOf(words),
    errors: facts.errors,
    intro: t('admin.intro'),
    settings: settingsForm(words, facts),
    connections: {
      items,
      empty: items.length === 0 ? t('admin.connections.none') : null,
      check: all.some(({ form }) => form !== null) ? t('admin.connections.check') : null,
    },
    invite: inviteOf(words, facts),
    courses: coursesOf(words, facts),
    people: peopleOf(words, facts),
  };
}

function connectionItem(
  words: Words,
  school: string,
  connection: AdminFacts['connections'][number],
): AdminItem {
  const { platform, isOwn, deployments } = connection;
  const approvable = isOwn && platform.status === 'inactive';
  const name = platformName(words, platform, school);
  return {
    title: name,
    href: null,
    sub: new URL(platform.issuer).host,
    initials: null,
    status: statusOf(words, platform.status === 'active' ? 'approved' : 'waiting'),
    form: approvable
      ? approveForm(
          words,
          paths.adminPlatform(platform.id),
          words.t('admin.connections.approveMore', { name }),
        )
      : null,
    within: deployments.map((one) => placeItem(words, connection, one)),
  };
}

/** By product and school: some are registered under their host or the school alone, which tells a person little. */
function platformName({ t }: Words, { name, family, issuer }: Platform, school: string): string {
  const lms = t(lmsNameOf(family));
  if (name.toLocaleLowerCase().includes(lms.toLocaleLowerCase()) && name !== new URL(issuer).host)
    return name;
  const where = name === new URL(issuer).host ? school : name;
  return t('admin.connections.name', { lms: capital(lms), school: where });
}

function placeItem(
  words: Words,
  { platform, isOwn }: AdminFacts['connections'][number],
  { id, deploymentId, status, createdAt }: Deployment,
): AdminItem {
  const { t, fmt } = words;
  return {
    title: t('admin.connections.place', { id: deploymentId }),
    href: null,
    sub: t('admin.connections.placeSub', { day: fmt.date(createdAt) }),
    initials: null,
    status: statusOf(words, status),
    form:
      isOwn && status === 'waiting' && platform.status === 'active'
        ? approveForm(
            words,
            paths.adminDeployment(id),
            t('admin.connections.placeMore', { id: deploymentId }),
          )
        : null,
    within: [],
  };
}

function statusOf({ t }: Words, status: Deployment['status']): Chip {
  switch (status) {
    case 'approved':
      return { label: t('admin.connections.active'), tone: 'done', icon: 'check' };
    case 'waiting':
      return { label: t('admin.connections.waiting'), tone: 'warn', icon: 'clock' };
    case 'removed':
      return { label: t('admin.connections.removed'), tone: 'quiet', icon: 'x' };
  }
}

function approveForm({ t }: Words, action: string, more: string): AdminItem['form'] {
  return { action, fields: [], button: { label: t('admin.connections.approve'), more } };
}

function inviteOf({ t, fmt }: Words, { invite }: AdminFacts): AdminPage['invite'] {
  return {
    body: t('admin.invite.body'),
    // The answer opens at the new link, wherever on the page it is.
    action: `${paths.adminInvites}#link`,
    button: {
      label: t('admin.invite.button'),
      icon: 'link',
      ...(invite ? {} : { kind: 'primary' as const }),
    },
    ready: invite
      ? {
          field: {
            name: 'link',
            label: t('admin.invite.ready'),
            value: invite.url,
            hint: t('admin.invite.hint', { day: fmt.weekday(invite.expiresAt) }),
            readOnly: true,
          },
          steps: [t('admin.invite.canvas'), t('admin.invite.moodle'), t('admin.invite.other')],
        }
      : null,
  };
}

function coursesOf({ t }: Words, { courses, counts, connections, search }: AdminFacts): AdminPage['courses'] {
  const families = new Map(connections.map(({ platform }) => [platform.id, platform.family]));
  const wanted = search.trim().toLocaleLowerCase();
  const shown = courses.filter(({ title }) => title.toLocaleLowerCase().includes(wanted));
  return {
    lede: t('admin.courses.lede'),
    filter:
      courses.length < MANY
        ? null
        : {
            label: t('admin.courses.search'),
            action: paths.admin,
            search: { name: 'q', label: t('admin.courses.search'), value: search },
            selects: [],
          },
    items: shown.map(({ id, title, platform, advisory }) => ({
      title,
      href: paths.course(id),
      sub: t('admin.courses.sub', {
        lms: capital(t(lmsNameOf(families.get(platform)))),
        students: counts.get(id)?.students ?? 0,
      }),
      initials: null,
      status: advisory ? { label: t('courses.advisory'), tone: 'now' } : null,
      form: {
        action: paths.adminCourse(id),
        fields: [{ name: 'advisory', value: advisory ? '0' : '1' }],
        button: {
          label: t(advisory ? 'admin.courses.unmark' : 'admin.courses.mark'),
          more: t('admin.courses.more', { title }),
          ...(advisory ? { kind: 'quiet' as const } : {}),
        },
      },
      within: [],
    })),
    empty:
      shown.length > 0 ? null : t(courses.length === 0 ? 'admin.courses.none' : 'admin.courses.noneFound'),
  };
}

function peopleOf(words: Words, facts: AdminFacts): AdminPage['people'] {
  const { t, fmt } = words;
  const { administrators, candidates, names, viewer, who, errors } = facts;
  const nameOf = (person: string): string => names.get(person) ?? t('admin.people.unknown');
  return {
    lede: t('admin.people.lede'),
    items: administrators.map(({ person, by, at }) => ({
      title: nameOf(person),
      href: null,
      sub: t('admin.people.since', {
        day: fmt.date(at),
        name: by === 'operator' ? t('admin.people.operator') : nameOf(by),
      }),
      initials: initialsOf(nameOf(person)),
      status: person === viewer ? { label: t('admin.people.you'), tone: 'quiet' } : null,
      form: person === viewer ? null : grantForm(words, person, 'remove', nameOf(person)),
      within: [],
    })),
    candidates: candidates.map((person) => ({
      title: nameOf(person),
      href: null,
      sub: null,
      initials: initialsOf(nameOf(person)),
      status: null,
      form: grantForm(words, person, 'add', nameOf(person)),
      within: [],
    })),
    find: {
      action: paths.adminGrants,
      field: {
        name: 'who',
        label: t('admin.people.who'),
        hint: t('admin.people.whoHint'),
        value: who,
        error: errors.find(({ field }) => field === 'who')?.message ?? null,
        autocomplete: 'off',
      },
      button: { label: t('admin.people.button'), name: 'do', value: 'add' },
    },
  };
}

function grantForm({ t }: Words, person: string, what: 'add' | 'remove', name: string): AdminItem['form'] {
  return {
    action: paths.adminGrants,
    fields: [{ name: 'person', value: person }],
    button: {
      label: t(`admin.people.${what}`),
      more: t(`admin.people.${what}More`, { name }),
      name: 'do',
      value: what,
      ...(what === 'remove' ? { kind: 'quiet' as const } : {}),
    },
  };
}

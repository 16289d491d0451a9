import { z } from 'zod';
import { namesOf } from '../people/names.service.ts';
import type { Viewer } from '../people/viewer.ts';
import type { MessageKey } from '../shared/i18n.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { bankCheckPage, banksPage, EMPTY_FORM, importErrors, type BanksFacts } from './bankAdmin.page.ts';
import {
  dryRun,
  importBank,
  listImported,
  listOff,
  offerBank,
  undoImport,
  type By,
} from './bankAdmin.service.ts';

const ADMINISTRATOR = { of: 'administrator' } as const;

const DONE = {
  imported: 'inventory.admin.done.imported',
  undone: 'inventory.admin.done.undone',
  offered: 'inventory.admin.done.offered',
  stopped: 'inventory.admin.done.stopped',
  same: 'inventory.admin.done.same',
} as const satisfies Record<string, MessageKey>;
const Told = z.object({
  done: z
    .enum(Object.keys(DONE) as (keyof typeof DONE)[])
    .nullable()
    .catch(null)
    .default(null),
});

const line = typedText().max(1_000).default('');
const Import = z.strictObject({
  source: typedText().max(200_000).default(''),
  name: line,
  language: line,
  scale: line,
  attribution: line,
});
const Bank = z.string().regex(/^[0-9a-z-]{1,40}$/);

/** The school's interest questions: list, import with a dry run, take back, offer or not. */
export function bankAdminRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.adminInventories,
      who: ADMINISTRATOR,
      changes: [],
      query: Told,
      handle: async (call) => {
        const { done } = call.query;
        if (done) tellSaved(call.res, wordsOf(call.res).t(DONE[done]));
        await showBanks(call);
      },
    }),
    route({
      method: 'post',
      path: paths.adminInventoryCheck,
      who: ADMINISTRATOR,
      changes: [],
      form: Import,
      handle: async ({ viewer, form, res }) => {
        const checked = await dryRun(viewer.institution, form);
        const problems = importErrors(wordsOf(res), form, checked.problems);
        if (problems.length > 0) return showBanks({ viewer, res }, { problems, typed: form });
        page(res, 'inventory/bankCheck', bankCheckPage(wordsOf(res), { form, ...checked }));
      },
      onInvalid: (call, { fields }, typed) =>
        showBanks(call, { problems: fields, typed: Typed.parse(typed) }),
    }),
    route({
      method: 'post',
      path: paths.adminInventories,
      who: ADMINISTRATOR,
      changes: ['inventory.imported'],
      form: Import,
      handle: async ({ viewer, form, now, res }) => {
        const id = await importBank(byOf(viewer), form, now);
        seeOther(res, `${paths.adminInventories}?done=${id === null ? 'same' : 'imported'}`);
      },
      onInvalid: (call, { fields }, typed) =>
        showBanks(call, { problems: fields, typed: Typed.parse(typed) }),
    }),
    route({
      method: 'post',
      path: paths.adminInventoryUndo,
      who: ADMINISTRATOR,
      changes: ['inventory.importUndone'],
      form: z.strictObject({ bank: Bank }),
      handle: async ({ viewer, form, now, res }) => {
        await undoImport(byOf(viewer), form.bank, now);
        seeOther(res, `${paths.adminInventories}?done=undone`);
      },
    }),
    route({
      method: 'post',
      path: paths.adminInventoryOffer,
      who: ADMINISTRATOR,
      changes: ['inventory.offerChanged'],
      form: z.strictObject({ bank: Bank, offered: z.enum(['0', '1']) }),
      handle: async ({ viewer, form, now, res }) => {
        const offered = form.offered === '1';
        await offerBank(byOf(viewer), form.bank, offered, now);
        seeOther(res, `${paths.adminInventories}?done=${offered ? 'offered' : 'stopped'}`);
      },
    }),
  ];
}

/** What was typed, as far as it can be shown again. */
const kept = z.string().catch('');
const Typed = z.object({
  source: kept,
  name: kept,
  language: z.string().catch(EMPTY_FORM.language),
  scale: kept,
  attribution: kept,
});

async function showBanks(
  { viewer, res }: Pick<Call, 'viewer' | 'res'>,
  after: Pick<BanksFacts, 'typed' | 'problems'> = {},
): Promise<void> {
  const { institution } = viewer;
  const [imported, off] = await Promise.all([listImported(institution), listOff(institution)]);
  const names = await namesOf(
    institution,
    imported.map(({ importedBy }) => importedBy),
  );
  const model = banksPage(wordsOf(res), { imported, off, names, ...after });
  page(res, 'inventory/banks', model, { status: after.problems ? 422 : 200 });
}

function byOf({ institution, person, masquerader: via }: Viewer): By {
  return { institution, person, via };
}

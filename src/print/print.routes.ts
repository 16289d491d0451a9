import type { Response } from 'express';
import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import type { Actor } from '../people/actor.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import { getPlan } from '../plans/plan.service.ts';
import type { Plan } from '../plans/plan.ts';
import { Id } from '../shared/model.ts';
import { page, pageText, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, type Call, type Declaration } from '../web/route.ts';
import type { PdfMaker } from './pdf.ts';
import { planCsv } from './planCsv.ts';
import { printPage, type PrintLinks } from './print.page.ts';
import { documentFor, planRecords, tellExport } from './print.service.ts';

/** What the routes need of the process: a browser, and the style sheet of paper. */
export interface PrintDeps {
  pdf: PdfMaker;
  paperCss: () => string;
}

const SELF = { of: 'self', as: 'student' } as const;
const STUDENT = {
  of: 'student',
  param: 'person',
  relations: ['advisor'],
  administrator: true,
} as const;

/** The plan on paper and to take away: the student's own, and a student's for staff. */
export function printRoutes(deps: PrintDeps): Declaration[] {
  return [...ownRoutes(deps), ...staffRoutes(deps)];
}

type Answer = (read: Read) => Promise<void> | void;

/** Who reads which plan, and where the answer goes. */
interface Read {
  actor: Actor;
  plan: Plan;
  res: Response;
  now: Date;
  links: PrintLinks;
}

function ownRoutes(deps: PrintDeps): Declaration[] {
  const own = (path: string, answer: Answer): Declaration =>
    route({
      method: 'get',
      path,
      who: SELF,
      changes: [],
      handle: async ({ viewer, now, res }) =>
        answer({
          actor: actorOf(viewer, 'student'),
          plan: await ownPlan(viewer, now),
          res,
          now,
          links: {
            back: { href: paths.plan, label: wordsOf(res).t('print.back') },
            pdf: paths.printPdf,
            json: paths.printJson,
            csv: paths.printCsv,
          },
        }),
    });
  return [
    own(paths.print, (read) => show(deps, read)),
    own(paths.printPdf, (read) => sendPdf(deps, read)),
    own(paths.printJson, sendJson),
    own(paths.printCsv, sendCsv),
  ];
}

function staffRoutes(deps: PrintDeps): Declaration[] {
  const staff = (path: (person: string) => string, answer: Answer): Declaration =>
    route({
      method: 'get',
      path: path(':person'),
      who: STUDENT,
      changes: [],
      params: z.object({ person: Id }),
      handle: async (call) => answer(await readOf(call)),
    });
  return [
    staff(paths.printOf, (read) => show(deps, read)),
    staff(paths.printPdfOf, (read) => sendPdf(deps, read)),
    staff(paths.printJsonOf, sendJson),
    staff(paths.printCsvOf, sendCsv),
  ];
}

async function readOf({ viewer, student, relation, now, res }: Call): Promise<Read> {
  return {
    actor: actorOf(viewer, relation === 'advisor' ? 'advisor' : 'administrator'),
    plan: await getPlan(viewer.institution, student),
    res,
    now,
    links: {
      back: { href: paths.student(student), label: wordsOf(res).t('print.backToStudent') },
      pdf: paths.printPdfOf(student),
      json: paths.printJsonOf(student),
      csv: paths.printCsvOf(student),
    },
  };
}

async function show({ pdf }: PrintDeps, { actor, plan, res, now, links }: Read): Promise<void> {
  const words = wordsOf(res);
  const document = await documentFor(actor, plan, words, now);
  const about = { own: actor.role === 'student', hasPdf: await pdf.canMake() };
  page(res, 'print/show', printPage(words, document, links, about));
}

async function sendPdf({ pdf, paperCss }: PrintDeps, { actor, plan, res, now }: Read): Promise<void> {
  const document = await documentFor(actor, plan, wordsOf(res), now);
  await tellExport(actor, plan, 'pdf', now);
  const title = `${document.planName}: ${document.student}`;
  const html = pageText(res, 'print/paper', { title, layout: 'paper', document });
  const bytes = await pdf.make(html.replace('</head>', `<style>${paperCss()}</style></head>`));
  res.attachment('plan.pdf').type('application/pdf').send(Buffer.from(bytes));
}

async function sendJson({ actor, plan, res, now }: Read): Promise<void> {
  await tellExport(actor, plan, 'json', now);
  const records = await planRecords(actor, plan, now);
  res
    .attachment('plan.json')
    .type('application/json')
    .send(JSON.stringify(records, null, 2));
}

async function sendCsv({ actor, plan, res, now }: Read): Promise<void> {
  const words = wordsOf(res);
  await tellExport(actor, plan, 'csv', now);
  const document = await documentFor(actor, plan, words, now);
  res.attachment('plan.csv').type('text/csv').send(planCsv(words, document));
}

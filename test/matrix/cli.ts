/** `npm run matrix [-- --json]`: the authorization matrix by itself, on a database of its own. */
import { parseArgs } from 'node:util';
import { startMongod } from '../../src/practice/mongod.ts';
import { startSchool } from '../support/startSchool.ts';
import { declaredModels } from '../../src/shared/model.ts';
import { runMatrix } from './matrix.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean' } } });
const mongod = await startMongod();
const { school, stop } = await startSchool({ databaseUri: mongod.uri });
const { routes, actors, cells, wrong } = await runMatrix(school);
const say = (line: string): void => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);
for (const cell of wrong)
  say(`WRONG ${cell.route} as ${cell.actor}: expected ${cell.expected}, got ${cell.status}`);
say(`${routes} routes × ${actors} actors: ${cells.length} cells, ${wrong.length} wrong`);
const fields = declaredModels().reduce((sum, { paths }) => sum + paths.length, 0);
if (values.json)
  process.stdout.write(
    `${JSON.stringify({ routes, actors, cells: cells.length, fields, wrong: wrong.length })}\n`,
  );
await stop();
await mongod.stop();
process.exit(wrong.length === 0 ? 0 : 1);

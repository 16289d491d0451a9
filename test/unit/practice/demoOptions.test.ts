import { describe, expect, it } from 'vitest';
import { DEMO_USAGE, readDemoCommand } from '../../../src/practice/demoOptions.ts';
import { readyText } from '../../../src/practice/demoText.ts';

const DEFAULTS = { keep: false, json: false, empty: false, watch: false, port: 3000 };

describe('the words after npm run demo', () => {
  it.each([
    [[], {}],
    [['--keep', '--port', '4100'], { keep: true, port: 4100 }],
    [
      ['--port=65534', '--json', '--empty', '--watch'],
      { port: 65_534, json: true, empty: true, watch: true },
    ],
  ])('%j are read', (argv, options) => {
    expect(readDemoCommand(argv)).toEqual({ is: 'run', options: { ...DEFAULTS, ...options } });
  });

  it.each([['--help'], ['-h']])('%s is answered with what there is', (word) => {
    expect(readDemoCommand(['--port', 'abc', word])).toEqual({ is: 'help', text: DEMO_USAGE });
  });

  it.each([
    [['--prot', '4'], "Unknown option '--prot'."],
    [['--port'], "Option '--port <value>' argument missing."],
    [['--port', 'abc'], '--port takes a number from 1 to 65534.'],
    [['--port', '0'], '--port takes a number from 1 to 65534.'],
    [['--port', '65535'], '--port takes a number from 1 to 65534.'],
    [['--keep=yes'], "Option '--keep' does not take an argument."],
    [['more'], "Unexpected argument 'more'."],
  ])('%j are refused with one sentence and the usage', (argv, sentence) => {
    expect(readDemoCommand(argv)).toEqual({ is: 'refused', text: `${sentence}\n${DEMO_USAGE}` });
  });
});

describe('what a demo that runs tells', () => {
  const facts = {
    lms: 'http://127.0.0.1:3001',
    tool: 'http://localhost:3000',
    people: [{ as: 'Family', name: 'Solange', manner: 'canvas', url: 'http://127.0.0.1:3001/x' }],
    settings: { MONGODB_URI: 'mongodb://127.0.0.1:1/waymark?replicaSet=waymark', WAYMARK_SECRET: 'a+b/c=' },
  };

  it('is each link, and the line that lets a shell run the operator’s commands', () => {
    const text = readyText(facts, { keep: false });
    expect(text).toMatch(/Family in canvas +Solange +http:\/\/127\.0\.0\.1:3001\/x/);
    expect(text).toContain(
      "export MONGODB_URI='mongodb://127.0.0.1:1/waymark?replicaSet=waymark' WAYMARK_SECRET='a+b/c='\n",
    );
    expect(text).toContain('--keep keeps it');
    expect(readyText(facts, { keep: true })).toContain('stays in .demo/');
  });
});

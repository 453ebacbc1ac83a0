import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, answerOf, type GoldenRow, golden } from '../support/frappe-golden.ts';
import { describeWith, pythonWith, run } from '../support/tool-chains.ts';
import { CORPUS, type Source } from './jinja/corpus.ts';

const REQUIREMENTS = resolve('test/judges/jinja/requirements.txt');

/** What differs on purpose, with the reasons of `docs/dialects.md`. */
const ON_PURPOSE: Readonly<Record<string, readonly string[]>> = {
  'a field of the name of a method is the field': ['{{ doc.items | length }}'],
  'a document has texts where a site has dates: they are read': [
    '{{ utils.get_weekday(doc.posting_date) }}',
    '{{ utils.pretty_date(doc.posting_date) }}',
  ],
  'a value that is no date is an error; Frappe writes the date of today': [
    '{{ utils.formatdate("0000-00-00") }}',
    '{{ utils.format_datetime(5, "HH:mm") }}',
  ],
  'times with and without a zone can be compared': [
    '{{ utils.time_diff("2026-01-05T10:20:30Z", "2026-01-01") }}',
  ],
  'tojson writes dates': [
    '{{ utils.getdate("2026-05-17") | tojson }}',
    '{{ [utils.get_datetime()] | tojson }}',
  ],
  'generators are lists, and sets have the order of their elements': [
    '{{ [1, 2] | batch(1) }}',
    '{{ [1, 2] | reverse }}',
    '{{ set(["c", "a", "b", 3, 1]) }}',
  ],
  'a list shows HTML as text': ['{{ ["<b>" | e] }}'],
  'a whole document can be escaped': ['{{ doc.taxes[0] | e }}', '{{ doc | striptags }}'],
  'a field of a format has no members': ['{{ "{0.name}".format(doc) }}'],
  'there is the tag do, and no filter random': ['{% do [].append(1) %}', '{{ "a" | random }}'],
};

const CONDITIONS_ON_PURPOSE: readonly string[] = [
  'len(doc.taxes) == 1',
  'any([i.qty > 5 for i in doc.get("items")])',
  ' doc.status == "Unpaid"',
  'doc.status\n== "Unpaid"',
  'doc["nope"] == None',
  'doc.is_return == false',
  'doc.status is "Unpaid"',
  'utils.getdate(doc.posting_date).strftime("%Y") == "2026"',
];

describeWith(['python3'], 'Jinja, RestrictedPython and the functions of a Frappe site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ancrage-jinja-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let python: string;
  beforeAll(async () => {
    python = join(await pythonWith(REQUIREMENTS), 'python');
  });

  async function answersOf(rows: readonly GoldenRow[]): Promise<readonly Answer[]> {
    const file = join(folder, 'corpus.json');
    writeFileSync(file, JSON.stringify({ docs: golden.docs, rows }));
    await run(python, ['test/judges/jinja/answer.py', file, join(folder, 'answers.json')]);
    return JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8'));
  }

  /** Return what differs, as text with both answers. */
  async function differencesOf(sources: readonly Source[]): Promise<readonly string[]> {
    const rows = sources.map((source): GoldenRow => ({ ...source, doc: 0 }));
    const answers = await answersOf(rows);
    return rows.flatMap((row, at) => {
      const [theirs, ours] = [answers[at] as Answer, answerOf(row)];
      return sameAnswer(theirs, ours) ? [] : [`${row.src} → ${shown(theirs)} in Frappe, ${shown(ours)} here`];
    });
  }

  it(`agree about ${CORPUS.length} templates and conditions`, async () => {
    expect(await differencesOf(CORPUS)).toEqual([]);
  });

  it('disagree about what differs on purpose, and about each of its examples', async () => {
    const examples = [
      ...Object.values(ON_PURPOSE)
        .flat()
        .map((src): Source => ({ kind: 'text', src })),
      ...CONDITIONS_ON_PURPOSE.map((src): Source => ({ kind: 'cond', src })),
    ];
    expect(await differencesOf(examples)).toHaveLength(examples.length);
  });

  describe('the functions of the site, in our words', () => {
    /** The address of its site is another, and so is the name of its class of documents. */
    const isOfSite = ({ src }: GoldenRow) => /get_url_to_form|doc\.items \| pprint/.test(src);

    it('answer the published rows as Frappe did', async () => {
      const rows = golden.rows.filter((row) => !isOfSite(row));
      const answers = await answersOf(rows);
      expect(rows.filter((row, at) => !sameAnswer(row, answers[at] as Answer))).toEqual([]);
    });
  });
});

const sameAnswer = (a: Answer, b: Answer) =>
  (a.fails === undefined) === (b.fails === undefined) && a.ok === b.ok;

const shown = ({ ok, fails }: Answer) => (fails === undefined ? JSON.stringify(ok) : `an error (${fails})`);

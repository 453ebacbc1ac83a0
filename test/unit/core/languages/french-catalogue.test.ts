import { beforeAll, describe, expect, test } from 'vitest';
import { inFrench, reasons, words } from '../../../../core/languages/french.ts';
import { type Phrase, phraseOf } from '../../../../core/languages/phrase.ts';
import type { Catalogue } from '../../../../core/languages/translation.ts';
import { foreignReasons } from '../../../support/reasons/foreign-reasons.ts';
import { type Inventory, reasonTexts } from '../../../support/reasons/inventory.ts';
import { HOLE, type ReasonText } from '../../../support/reasons/text.ts';

/** Reads like a number and like a name, so it fits every placeholder. */
const SAMPLE = '7';
/** What these placeholders stand for is never English, but code, names and values. */
const CODE = new Set([
  'type',
  'operator',
  'json',
  'call',
  'token',
  'name',
  'names',
  'code',
  'scope',
  'scopes',
  'value',
  'values',
  'format',
]);
/** Programs compare these with what the documentation says. */
const KEYWORDS = new Set(['erased']);
/** What is written in any language, such as a range of ports, `'}}'` or "NAT64". */
const IS_CODE = /^(?:[\d-]+|'[^']*'|"[^"]*"|[A-Z]\w*\d|[A-Z]{2,}|null|NaN|Teredo|6to4)$/;
/** Reasons that the walk meets where they are passed on. It also meets them where they are made. */
const PASSED_ON = [
  "core/dialects/frappe/errors.ts messages.join('\\n')",
  'core/kernel/errors.ts path',
  "core/kernel/validate.ts issue.message.replace(/^Invalid input: /, '')",
  'core/adapters/dynamodb/attempt-items.ts detail',
  // The reason of a preview or of a schema, cut.
  'core/fit/check-fit.ts shown.toWellFormed()',
  // An empty text, because the rule has said what is wrong.
  'core/api-schemas/subscription.ts',
];

const phrasesOf = (catalogue: Catalogue) =>
  Object.keys(catalogue)
    .flatMap((english) => {
      const phrase = phraseOf(english, english, (text) => text);
      return phrase === null ? [] : [{ english, phrase }];
    })
    .sort((a, b) => b.phrase.weight - a.phrase.weight);
const phrases = new Map<Catalogue, { english: string; phrase: Phrase }[]>([
  [reasons, phrasesOf(reasons)],
  [words, phrasesOf(words)],
]);

/** Return what of a text has no French, and note the entries that it uses. */
function missingIn(text: string, catalogue: Catalogue, used: Set<string>): string[] {
  if (text === SAMPLE) return [];
  if (catalogue[text] !== undefined) {
    used.add(text);
    return [];
  }
  for (const { english, phrase } of phrases.get(catalogue) ?? []) {
    const values = phrase.match(text);
    if (values === null) continue;
    used.add(english);
    return [...values].flatMap(([name, value]) => {
      const kind = name.replace(/\d+$/, '');
      if (kind === 'reason') return missingIn(value, reasons, used);
      if (kind === 'words') return IS_CODE.test(value) ? [] : missingIn(value, words, used);
      return /[a-z] [a-z]/i.test(value) && !CODE.has(kind) ? [value] : [];
    });
  }
  return text === `${SAMPLE}…` || KEYWORDS.has(text) ? [] : [text];
}

/** Frappe's clients get these in Frappe's form. */
const isNotFrappes = ({ at }: ReasonText) => !at.startsWith('core/dialects/frappe/');

let inventory: Inventory;
let foreign: readonly string[];
beforeAll(async () => {
  inventory = reasonTexts();
  foreign = await foreignReasons();
}, 240_000);

test('every reason is written where the walk through the sources can read it', () => {
  const lost = inventory.hidden.filter((place) => !PASSED_ON.includes(place.replace(/:\d+/, '')));
  expect(lost).toEqual([]);
});

test('every reason in the sources, and of zod, V8 and RE2, has a French text', () => {
  const own = inventory.texts
    .filter(isNotFrappes)
    .flatMap(({ text, at }) =>
      missingIn(text.replaceAll(HOLE, SAMPLE), reasons, new Set()).map((part) => `${at}: ${part}`),
    );
  expect(own).toEqual([]);
  expect(foreign.flatMap((text) => missingIn(text, reasons, new Set()))).toEqual([]);
});

test('every French text is of a reason that exists', () => {
  const used = new Set<string>();
  for (const { text } of inventory.texts) missingIn(text.replaceAll(HOLE, SAMPLE), reasons, used);
  for (const text of foreign) missingIn(text, reasons, used);
  const unused = [...Object.keys(reasons), ...Object.keys(words)].filter((english) => !used.has(english));
  expect(unused).toEqual([]);
});

describe.each([
  ['reasons', reasons],
  ['words', words],
])('the catalogue of %s', (_, catalogue) => {
  test.each(Object.entries(catalogue))('%s', (english, french) => {
    const placeholders = (text: string) => (text.match(/\{[a-z]+\d*\}/g) ?? []).toSorted();
    expect(placeholders(english)).toEqual(expect.arrayContaining(placeholders(french)));
    // Code has its own punctuation.
    const prose = french.replaceAll(/"[^"]*"(?:: \w+)?|https:\S+/g, 'x');
    expect(prose).not.toMatch(/['\u00a0]|«\S|\S[;!?»]|\S:(?!=)/);
  });
});

test('a text that is none of ours stays as it is', () => {
  expect(inFrench('The cat sat on the mat.')).toBe('The cat sat on the mat.');
});

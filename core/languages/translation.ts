import { type Phrase, phraseOf } from './phrase.ts';

/** Longer texts stay as they are: no reason that the API gives is longer, and matching must cost little. */
const MAX_LENGTH = 4096;
/** A reason in a reason in a reason, such as a line of a template within a fault of a field. */
const MAX_DEPTH = 5;
/** The reasons why a response is not whole are joined. */
const MAX_JOINED = 8;

/** Texts by their English, with `{placeholders}` for their parts. */
export type Catalogue = Readonly<Record<string, string>>;

/** Returns a reason in another language. */
export type Translate = (reason: string) => string;

/** The texts of a catalogue, ready to match: those without placeholders by their English, the others from the most specific. */
interface Index {
  readonly whole: ReadonlyMap<string, string>;
  readonly phrases: readonly Phrase[];
}

/**
 * Return a function that translates reasons by a catalogue. A text that it does not know stays as it is. What a caller wrote
 * within a reason stays as it is, too, and is never looked up.
 *
 * @param reasons whole reasons, which are also looked up for the placeholders `{reason}`
 * @param words for the placeholders `{words}`
 * @param typeset prepares each text of the catalogue, before anything is put into it
 */
export function translation(reasons: Catalogue, words: Catalogue, typeset: Translate): Translate {
  const [ofReasons, ofWords] = [indexOf(reasons, typeset), indexOf(words, typeset)];
  const find = (text: string, index: Index, depth: number): string | null => {
    if (depth > MAX_DEPTH) return null;
    const whole = index.whole.get(text);
    if (whole !== undefined) return whole;
    for (const phrase of index.phrases) {
      const found = phrase.match(text);
      if (found !== null) return phrase.fill((name, value) => part(name, value, depth), found);
    }
    return null;
  };
  const part = (name: string, value: string, depth: number): string => {
    const index = name === 'reason' ? ofReasons : name === 'words' ? ofWords : null;
    return (index && find(value, index, depth + 1)) ?? value;
  };
  const joined = (text: string): string | null => {
    const parts = text.split('; ');
    if (parts.length > MAX_JOINED) return null;
    const found = parts.map((each) => find(each, ofReasons, 0));
    return found.includes(null) ? null : found.join(typeset(' ; '));
  };
  return (reason) =>
    reason.length > MAX_LENGTH ? reason : (find(reason, ofReasons, 0) ?? joined(reason) ?? reason);
}

function indexOf(catalogue: Catalogue, typeset: Translate): Index {
  const whole = new Map<string, string>();
  const phrases: Phrase[] = [];
  for (const [english, text] of Object.entries(catalogue)) {
    const phrase = phraseOf(english, text, typeset);
    if (phrase === null) whole.set(english, typeset(text));
    else phrases.push(phrase);
  }
  return { whole, phrases: phrases.sort((a, b) => b.weight - a.weight) };
}

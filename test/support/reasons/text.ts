/** Stands for a part of a text that is known only when the text is made. */
export const HOLE = '\u0001';

/** More alternatives of a part of a text are its data, such as the names of functions. */
export const MAX_ALTERNATIVES = 100;

export interface ReasonText {
  /** The English text, with {@link HOLE} for each part that is data. */
  readonly text: string;
  /** Where it is written. */
  readonly at: string;
}

/** Return every combination of the alternatives of parts. Of too many, the part with the most alternatives is data. */
export function combined(parts: readonly (readonly string[])[], at: string): readonly ReasonText[] {
  const count = parts.reduce((product, { length }) => product * length, 1);
  if (count > MAX_ALTERNATIVES) {
    const most = Math.max(...parts.map(({ length }) => length));
    const data = parts.findIndex(({ length }) => length === most);
    return combined(parts.with(data, [HOLE]), at);
  }
  const texts = parts.reduce<string[]>(
    (begun, alternatives) => begun.flatMap((text) => alternatives.map((part) => text + part)),
    [''],
  );
  return texts.map((text) => ({ text, at }));
}

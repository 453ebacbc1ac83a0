import { readPage } from '../support/documented/page.ts';

/** A page of the documentation, as somebody follows it from top to bottom. */
export interface Guide {
  /** What is to be typed, in the order of the page. Each command may take several lines. */
  readonly commands: readonly string[];
  /** The commands of the sections that the reader skips, by section. */
  readonly skipped: ReadonlyMap<string, readonly string[]>;
}

/** Read the blocks of shell commands of a page. @param skip headings of sections to skip */
export function readGuide(file: string, skip: readonly string[]): Guide {
  const blocks = readPage(file).filter(({ place }) => place === 'block');
  const under = (section: string) => blocks.filter(({ headings: [, heading] }) => heading === section);
  const textsOf = (commands: typeof blocks) => commands.map(({ text }) => text);
  return {
    commands: textsOf(blocks.filter(({ headings: [, heading = ''] }) => !skip.includes(heading))),
    skipped: new Map(skip.map((section) => [section, textsOf(under(section))])),
  };
}

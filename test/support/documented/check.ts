import { existsSync, globSync, readFileSync } from 'node:fs';
import type { Elsewhere } from './elsewhere.ts';
import { type DocumentedCommand, readPage } from './page.ts';
import type { Scene } from './scenes.ts';
import { essenceOf } from './shell-commands.ts';

/** Pages whose commands a test reads and runs by itself, but for the sections with these headings. */
interface FollowedPage {
  readonly file: string;
  readonly by: string;
  readonly without: readonly string[];
}

export interface Registry {
  readonly scenes: readonly Scene[];
  readonly followed: readonly FollowedPage[];
  readonly scripts: readonly string[];
  readonly elsewhere: readonly Elsewhere[];
}

const PAGES: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...globSync('docs/**/*.md').toSorted(),
  ...globSync('examples/**/README.md', { exclude: (path) => path.includes('node_modules') }).toSorted(),
];

export const documentedCommands = (): DocumentedCommand[] => PAGES.flatMap(readPage);

export const isIn = ({ file, heading }: Scene, command: DocumentedCommand): boolean =>
  command.file === file && command.headings.at(-1) === heading;

/** A page may say `npm run admin -- keys create …`, or `COMMAND`, where the reader decides. */
const PLACEHOLDERS = /(?: (?:…|<[^>]+>|[A-Z]{4,}))+$/;

const partsOf = (command: string): string[] => essenceOf(command).split(' && ');
const begins = (whole: string, part: string): boolean => whole === part || whole.startsWith(`${part} `);

/** Return what is wrong with the commands of the pages and the registry, a sentence for each fault. */
export function faultsOf(commands: readonly DocumentedCommand[], registry: Registry): string[] {
  const { scenes, followed, scripts, elsewhere } = registry;
  const isRun = (command: DocumentedCommand): boolean =>
    command.place === 'block' &&
    (scenes.some((scene) => isIn(scene, command) && !scene.without?.includes(essenceOf(command.text))) ||
      followed.some(
        ({ file, without }) => command.file === file && !without.includes(command.headings[1] ?? ''),
      ));
  const run = commands
    .filter((command) => !command.isMarked && isRun(command))
    .map(({ text }) => essenceOf(text));
  const registered = [
    ...scripts,
    ...scenes.flatMap(({ prose = [] }) => prose),
    ...elsewhere.map(({ command }) => command),
  ];
  const known = [...run, ...registered];
  const isKnown = ({ text, place }: DocumentedCommand): boolean =>
    partsOf(text).every((part) =>
      place === 'block'
        ? registered.includes(part)
        : known.some((each) => begins(each, part.replace(PLACEHOLDERS, ''))),
    );
  const documented = new Set(
    commands.flatMap(({ text }) =>
      [essenceOf(text), ...partsOf(text)].map((part) => part.replace(PLACEHOLDERS, '')),
    ),
  );
  return [
    ...commands
      .filter((command) => !command.isMarked && !isRun(command) && !isKnown(command))
      .map(
        ({ file, line, text }) =>
          `${file}:${line}: nothing runs \`${text}\`. Run it in test/support/documented/scenes.ts, name the test that does in elsewhere.ts, or write that it needs AWS (CONTRIBUTING.md, “Commands in the docs”).`,
      ),
    ...registered
      .filter((command) => !documented.has(command))
      .map((command) => `No page has \`${command}\` any more: remove it from test/support/documented.`),
    ...scenes
      .filter((scene) => !commands.some((command) => isIn(scene, command)))
      .map(({ file, heading }) => `${file} has no commands under “${heading}”: see scenes.ts.`),
    ...elsewhere
      .filter(({ file, words }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(words))
      .map(
        ({ command, file, words }) =>
          `${file} has no “${words}”, so nothing runs \`${command}\`: see elsewhere.ts.`,
      ),
    ...followed
      .filter(({ by, file }) => !existsSync(by) || !readFileSync(by, 'utf8').includes(file))
      .map(({ file, by }) => `${by} does not name ${file}, so nothing runs its commands.`),
  ];
}

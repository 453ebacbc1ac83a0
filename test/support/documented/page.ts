import { readFileSync } from 'node:fs';
import { lexer, type Token, type Tokens } from 'marked';
import { commandsOf, MARK } from './shell-commands.ts';

/** A command as a page shows it. */
export interface DocumentedCommand {
  readonly file: string;
  /** Line of the block or paragraph, from 1. */
  readonly line: number;
  /** The headings above it, the title of the page first. */
  readonly headings: readonly string[];
  /** Without the backslashes that continue a line, and without comments of their own line. */
  readonly text: string;
  readonly place: 'block' | 'prose';
  /** Whether the page says that the command needs AWS, or an account with somebody else. */
  readonly isMarked: boolean;
}

const PROGRAMS = 'npm|npx|node|curl|aws|cdk|terraform|apt-get';
/** Something in backticks is a command if it begins with a program and has a word more. */
const IN_PROSE = new RegExp(`^(?:[A-Z_]+=\\S+ )*(?:${PROGRAMS}) \\S`);
const LOOKS_LIKE_SHELL = new RegExp(`^(?:\\$ )?(?:${PROGRAMS}) `, 'm');

export const readPage = (file: string): DocumentedCommand[] => commandsIn(file, readFileSync(file, 'utf8'));

/** @throws Error if a block looks like shell, but is not labelled `sh`, or if the shell cannot read it */
export function commandsIn(file: string, text: string): DocumentedCommand[] {
  const commands: DocumentedCommand[] = [];
  let headings: string[] = [];
  /** The depth of the section that is marked as a whole; infinite outside of one. */
  let markedDepth = Number.POSITIVE_INFINITY;
  let line = 1;

  const visit = (token: Token, isMarked: boolean): void => {
    const add = (text: string, place: DocumentedCommand['place'], isMarked: boolean) =>
      commands.push({ file, line, headings, text, place, isMarked });
    if (token.type === 'code') {
      const { lang, text, codeBlockStyle } = token as Tokens.Code;
      if (lang === 'sh' || (codeBlockStyle === 'indented' && LOOKS_LIKE_SHELL.test(text)))
        for (const each of commandsOf(text)) add(each.text, 'block', isMarked || each.isMarked);
      else refuseShell(`${file}:${line}`, lang, text);
    } else if (token.type === 'codespan') {
      const { text } = token as Tokens.Codespan;
      if (IN_PROSE.test(text)) add(text, 'prose', isMarked);
    } else {
      const saysSo = isProse(token) && MARK.test(token.raw);
      for (const part of partsOf(token)) visit(part, isMarked || saysSo);
    }
  };

  for (const token of lexer(text)) {
    if (token.type === 'heading') {
      const { depth, text } = token as Tokens.Heading;
      headings = [...headings.slice(0, depth - 1), text];
      if (depth <= markedDepth) markedDepth = Number.POSITIVE_INFINITY;
    } else if (token.type === 'paragraph' && /^needs/i.test(token.raw) && MARK.test(token.raw)) {
      markedDepth = Math.min(markedDepth, headings.length);
    }
    visit(token, markedDepth < Number.POSITIVE_INFINITY);
    line += token.raw.split('\n').length - 1;
  }
  return commands;
}

/** What a reader takes in at once: a mark in it holds for all of its commands. */
const isProse = ({ type }: Token): boolean => type === 'paragraph' || type === 'text' || type === 'row';

function partsOf(token: Token): readonly Token[] {
  if (token.type === 'list') return (token as Tokens.List).items;
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows].map((cells) => ({
      type: 'row',
      raw: cells.map(({ text }) => text).join(' | '),
      tokens: cells.flatMap(({ tokens }) => tokens),
    }));
  }
  return 'tokens' in token ? (token.tokens ?? []) : [];
}

function refuseShell(where: string, lang: string | undefined, text: string): void {
  const isShell = /^(?:bash|shell|console|zsh)$/.test(lang ?? '');
  if (isShell || (!lang && LOOKS_LIKE_SHELL.test(text)))
    throw new Error(`${where}: label a block of commands \`sh\`.`);
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { Entrances } from './entrances.ts';
import { Follower, ROOT } from './follower.ts';
import { HOLE, type ReasonText } from './text.ts';

export interface Inventory {
  readonly texts: readonly ReasonText[];
  /** Reasons whose text is not written where it can be read. */
  readonly hidden: readonly string[];
}

/** Return every text that becomes a reason, from the sources of `core` and `lambdas`. */
export function reasonTexts(): Inventory {
  const files = ['core', 'lambdas'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(ROOT, folder, file)),
  );
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const sources = program.getSourceFiles().filter(({ fileName }) => files.includes(fileName));
  return inventoryOf(program.getTypeChecker(), sources);
}

/** Frappe's clients expect Frappe's own texts. */
const isOfDialect = (file: string) =>
  file.includes('/core/dialects/frappe/') || file.includes('/core/openapi/');

function inventoryOf(checker: ts.TypeChecker, sources: readonly ts.SourceFile[]): Inventory {
  const entrances = new Entrances(checker, sources);
  const follower = new Follower(checker, sources);
  const texts = new Map<string, ReasonText>();
  const hidden = new Set<string>();
  const visit = (node: ts.Node): void => {
    for (const found of entrances.reasonsIn(node).flatMap((reason) => follower.textsOf(reason))) {
      if (found.text.replaceAll(HOLE, '').trim() === '') hidden.add(found.at);
      else texts.set(found.text, found);
    }
    ts.forEachChild(node, visit);
  };
  for (const source of sources) if (!isOfDialect(source.fileName)) visit(source);
  return { texts: [...texts.values()], hidden: [...hidden] };
}

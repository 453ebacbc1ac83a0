import { relative } from 'node:path';
import ts from 'typescript';
import { type Call, callsIn } from './calls.ts';

interface Chain {
  /** `BindingStore.page (dynamodb)`: the port's method, and the adapter behind it. */
  readonly port: string;
  /** The calls that lead there, each as `function (module)` where the module changes. */
  readonly calls: readonly string[];
  /** The modules on the way; the adapter counts as one. */
  readonly modules: readonly string[];
}

export interface Story {
  readonly stage: string;
  /** The shortest way to each method of a port, for each module that calls it, in the order in which they are reached. */
  readonly chains: readonly Chain[];
  /** Every module on one of the ways, without adapters. */
  readonly modules: readonly string[];
  /** Calls of functions that the code gets through a parameter, so that no reader can jump to them. */
  readonly throughParameters: readonly string[];
}

/** What explains itself, and what only calls the handlers. */
const UNCOUNTED = /^core\/(kernel|engines|model)\/|^core\/(contract|routes)\.ts$|^lambdas\/middleware\//;
/** Ports that report what happens but do nothing. */
const TELEMETRY = /^(Logger|Metrics|FunctionLog|FunctionMetrics)\./;

/** Follow the static calls of each stage from `lambdas/<stage>/handler.ts` to the ports. */
export function stories(root: string, stages: readonly string[]): Story[] {
  const config = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const handlers = stages.map((stage) => `${root}/lambdas/${stage}/handler.ts`);
  const adapters = ts.sys.readDirectory(`${root}/core/adapters`, ['.ts']);
  const program = ts.createProgram([...handlers, ...adapters], options);
  return stages.map((stage, index) => follow(program, root, stage, handlers[index] as string));
}

/** A function on the way, and how it was reached. */
interface Step {
  readonly node: ts.Node;
  readonly name: string;
  readonly module: string;
  readonly from: Step | null;
}

function follow(program: ts.Program, root: string, stage: string, handler: string): Story {
  const file = program.getSourceFile(handler);
  if (file === undefined) throw new Error(`There is no ${handler}.`);
  const moduleOf = (node: ts.Node) => relative(root, node.getSourceFile().fileName);
  const behind = adaptersByPort(program, root);
  const chains = new Map<string, Chain>();
  const throughParameters = new Set<string>();
  const seen = new Set<ts.Node>([file]);
  const next: Step[] = [{ node: file, name: 'handler', module: moduleOf(file), from: null }];
  for (let step = next.shift(); step !== undefined; step = next.shift())
    for (const call of callsIn(program.getTypeChecker(), step.node)) {
      const target = call.declaration && moduleOf(call.declaration);
      if (target === undefined || target.startsWith('..') || target.includes('node_modules/')) continue;
      if (UNCOUNTED.test(target) || TELEMETRY.test(call.name)) continue;
      if (target.startsWith('core/ports/')) {
        const name = `${call.name} from ${step.module}`;
        if (!chains.has(name)) chains.set(name, chainTo(step, call, behind));
      } else if (call.isThroughParameter) throughParameters.add(`${call.name} in ${step.module}`);
      else if (call.body !== null && !seen.has(call.body)) {
        seen.add(call.body);
        next.push({ node: call.body, name: call.name, module: target, from: step });
      }
    }
  const modules = [...chains.values()].flatMap((chain) => chain.modules.slice(0, -1));
  return {
    stage,
    chains: [...chains.values()],
    modules: [...new Set(modules)],
    throughParameters: [...throughParameters],
  };
}

function chainTo(last: Step, { name }: Call, behind: ReadonlyMap<string, string>): Chain {
  const steps: Step[] = [];
  for (let step: Step | null = last; step !== null; step = step.from) steps.unshift(step);
  const calls = steps.map((step, index) =>
    step.module === steps[index - 1]?.module ? step.name : `${step.name} (${step.module})`,
  );
  const adapter = behind.get(name.split('.')[0] as string) ?? 'none';
  const modules = [...new Set(steps.map(({ module }) => module)), `core/adapters/${adapter}`];
  return { port: `${name} (${adapter})`, calls, modules };
}

/** Find the folder of `core/adapters` that implements each port: by what its functions return, or what that opens. */
function adaptersByPort(program: ts.Program, root: string): ReadonlyMap<string, string> {
  const checker = program.getTypeChecker();
  const found = new Map<string, string>();
  for (const file of program.getSourceFiles()) {
    const folder = /^core\/adapters\/([^/]+)\//.exec(relative(root, file.fileName))?.[1];
    const symbol = folder === undefined ? undefined : checker.getSymbolAtLocation(file);
    if (folder === undefined || symbol === undefined) continue;
    const returned = checker
      .getExportsOfModule(symbol)
      .flatMap((exported) => checker.getTypeOfSymbol(exported).getCallSignatures())
      .map((signature) => signature.getReturnType());
    const opened = returned
      .flatMap((type) => type.getProperties())
      .flatMap((method) => checker.getTypeOfSymbol(method).getCallSignatures())
      .map((signature) => signature.getReturnType());
    for (const { symbol: type } of [...returned, ...opened])
      for (const name of type === undefined ? [] : [type.name, ...parentsOf(type)])
        if (!found.has(name)) found.set(name, folder);
  }
  for (const file of program.getSourceFiles())
    for (const statement of file.statements)
      if (ts.isInterfaceDeclaration(statement) && !found.has(statement.name.text)) {
        const parent = heritageOf(statement).find((name) => found.has(name));
        if (parent !== undefined) found.set(statement.name.text, found.get(parent) as string);
      }
  return found;
}

const parentsOf = (type: ts.Symbol): string[] =>
  (type.declarations ?? []).flatMap((each) => (ts.isInterfaceDeclaration(each) ? heritageOf(each) : []));

/** Return the names in the `extends` clause: `SubscriptionStore` of `extends Pick<SubscriptionStore, 'get'>`, too. */
const heritageOf = (declaration: ts.InterfaceDeclaration): string[] =>
  (declaration.heritageClauses ?? []).flatMap((clause) => clause.getText().match(/\w+/g) ?? []);

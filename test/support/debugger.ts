import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { eventually } from './eventually.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads of a message.
type Params = any;

/** A place in a source, its line from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A debugger as Chrome and VS Code are: it speaks the DevTools protocol, and reads source maps. */
export interface Debugger {
  send(method: string, params?: object): Promise<Params>;
  /** Return the parameters of the first event that fits, from the connection on. */
  event(method: string, fits?: (params: Params) => boolean): Promise<Params>;
  /** Set a breakpoint in a file that a script was made from, which may be loaded later. */
  breakAt(script: string, place: Place): Promise<void>;
  /** Return where an event `Debugger.paused` is. */
  placeOf(paused: Params): Place;
  /** Resolves when either side has closed the connection. */
  readonly closed: Promise<unknown>;
}

/** Attach to a Node that listens at a port of 127.0.0.1, as soon as one does. */
export async function attach(port: number): Promise<Debugger> {
  const url = await eventually(`a debugger can attach at port ${port}`, async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const [target] = (await answer.json()) as { webSocketDebuggerUrl: string }[];
    if (target === undefined) throw new Error('It lists nothing to debug.');
    return target.webSocketDebuggerUrl;
  });
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const events: { readonly method: string; readonly params: Params }[] = [];
  const answers = new Map<number, (answer: Params) => void>();
  const waiting = new Set<() => void>();
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data);
    if (message.id !== undefined) return answers.get(message.id)?.(message);
    events.push(message);
    for (const check of waiting) check();
    return undefined;
  });
  let count = 0;
  const send: Debugger['send'] = (method, params = {}) => {
    const { promise, resolve, reject } = Promise.withResolvers<Params>();
    count += 1;
    answers.set(count, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result)));
    socket.send(JSON.stringify({ id: count, method, params }));
    return promise;
  };
  await send('Debugger.enable');
  return {
    send,
    event(method, fits = () => true) {
      const { promise, resolve } = Promise.withResolvers<Params>();
      const check = () => {
        const found = events.find((event) => event.method === method && fits(event.params));
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found.params);
      };
      waiting.add(check);
      check();
      return promise;
    },
    async breakAt(script, place) {
      const url = pathToFileURL(script).href;
      await send('Debugger.setBreakpointByUrl', { url, ...generatedPlace(script, place) });
    },
    placeOf({ callFrames: [{ location }] }) {
      const script = events.find(({ params }) => params?.scriptId === location.scriptId);
      return sourcePlace(fileURLToPath(script?.params.url), location.lineNumber, location.columnNumber);
    },
    closed: once(socket, 'close'),
  };
}

const mapOf = (script: string): SourceMap => new SourceMap(JSON.parse(readFileSync(`${script}.map`, 'utf8')));

function sourcePlace(script: string, line: number, column: number): Place {
  const entry = mapOf(script).findEntry(line, column);
  if (!('originalSource' in entry)) throw new Error(`${script}:${line}:${column} comes from no source.`);
  return { file: fileURLToPath(entry.originalSource), line: entry.originalLine + 1 };
}

/** Find the first line of a script that comes from a place. It is not minified. */
function generatedPlace(script: string, { file, line }: Place): { lineNumber: number; columnNumber: number } {
  const map = mapOf(script);
  const source = pathToFileURL(file).href;
  for (const [lineNumber, text] of readFileSync(script, 'utf8').split('\n').entries()) {
    const columnNumber = text.search(/\S/);
    if (columnNumber < 0) continue;
    const entry = map.findEntry(lineNumber, columnNumber);
    if (!('originalSource' in entry)) continue;
    if (entry.originalSource === source && entry.originalLine === line - 1)
      return { lineNumber, columnNumber };
  }
  throw new Error(`${script} has no code of ${file}:${line}.`);
}

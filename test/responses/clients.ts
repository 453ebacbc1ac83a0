import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { guardedSenders } from '../../core/adapters/http/guarded-sender.ts';
import { PUBLIC_DESTINATIONS } from '../../core/contract.ts';

const run = promisify(execFile);

/** Say in a few words what a client makes of the response at a URL. */
type Client = (url: string) => Promise<string>;

/** A response that does not end is waited for so long. */
const WAIT_MS = 1000;

const answered = (status: number | string, body: string) =>
  `${status}${body === '' ? '' : ` \`${printable(body)}\``}`;
const printable = (text: string) =>
  text
    .replaceAll(/[^\x20-\x7e]/g, '·')
    .replaceAll('|', '¦')
    .slice(0, 40);

const ABOUT = {
  project: 'erp',
  subscriptionId: 'sub_1',
  eventId: 'evt_1',
  number: 1,
  replayId: null,
  after: 0,
  probe: false,
};

/** @param ca the certificate to trust */
export async function ancrage(url: string, ca?: string): Promise<string> {
  const policy = { ...PUBLIC_DESTINATIONS, allowHttp: true, allowLoopback: true };
  const sender = guardedSenders(policy, ca === undefined ? {} : { ca }).open(Number.POSITIVE_INFINITY);
  try {
    const request = { method: 'POST', url, headers: {}, body: '{}', timeoutMs: WAIT_MS } as const;
    const result = await sender.send(request, ABOUT);
    if ('error' in result) return `${result.error}: ${result.detail}`;
    const { status, body, truncated } = result.response;
    return answered(status, body) + (truncated === undefined ? '' : `; ${truncated}`);
  } finally {
    sender.close();
  }
}

/** Node's `fetch`. */
async function undici(url: string): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: '{}',
      redirect: 'manual',
      signal: AbortSignal.timeout(WAIT_MS),
    });
    return await response.text().then(
      (body) => answered(response.status, body),
      (error: unknown) => `${response.status}, then ${causeOf(error)}`,
    );
  } catch (error) {
    return causeOf(error);
  }
}

function causeOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  const { code, name } = cause as { code?: unknown; name: string };
  return typeof code === 'string' ? code : name;
}

async function curl(url: string): Promise<string> {
  const wanted = [
    '--silent',
    '--max-time',
    String(WAIT_MS / 1000),
    '--write-out',
    '\n%{http_code} %{exitcode}',
  ];
  const { stdout } = await run('curl', [...wanted, '--compressed', '--data', '{}', url], {
    encoding: 'latin1',
  }).catch((error: { stdout: string }) => error);
  const [, body = '', status = '', exit = ''] = /^([\s\S]*)\n(\d+) (\d+)$/.exec(stdout) ?? [];
  if (exit === '0') return answered(status, body);
  return `${status === '000' ? '' : `${status}, then `}error ${exit}`;
}

const URLLIB = `
import sys, urllib.request, urllib.error
class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args): return None
opener = urllib.request.build_opener(NoRedirect)
status = ''
try:
    try:
        response = opener.open(sys.argv[1], b'{}', timeout=${WAIT_MS / 1000})
    except urllib.error.HTTPError as error:
        response = error
    status = str(response.status if hasattr(response, 'status') else response.code)
    sys.stdout.buffer.write((status + '\\n').encode() + response.read())
except Exception as error:
    print((status + ', then ' if status else '') + type(getattr(error, 'reason', error)).__name__)
`;

async function urllib(url: string): Promise<string> {
  const { stdout } = await run('python3', ['-c', URLLIB, url], { encoding: 'latin1' });
  const [, status, body = ''] = /^(\d+)\n([\s\S]*)$/.exec(stdout) ?? [];
  return status === undefined ? stdout.trim() : answered(status, body);
}

export const CLIENTS: Readonly<Record<string, Client>> = {
  curl,
  "Python's urllib": urllib,
  undici,
  Ancrage: ancrage,
};

/** What each of the clients calls itself, null if it is not installed. */
export async function versionOf(client: string): Promise<string | null> {
  const commands: Readonly<Record<string, string>> = { curl: 'curl', "Python's urllib": 'python3' };
  const command = commands[client];
  if (command === undefined) return `Node ${process.versions.node}`;
  return run(command, ['--version']).then(
    ({ stdout }) => stdout.split('\n')[0]?.split(' (')[0] ?? '',
    () => null,
  );
}

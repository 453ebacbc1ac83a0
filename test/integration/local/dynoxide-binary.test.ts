import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dynoxideBinary, type Host } from '../../../local/engines/dynoxide-binary.ts';
import { freePort } from '../../../local/engines/free-port.ts';
import { listens, processesWith, readOutputs, startMain, temporaryDir } from './local-process.ts';
import { environmentFor, servePackage, startRegistry } from './registry.ts';

const VERSION = '1.2.1';
const NAME = '@dynoxide/darwin-arm64';
const PROGRAM = `#!/bin/sh\necho dynoxide ${VERSION}\n`;

/** A repository on another platform whose dependencies npm has installed, but for the engine. */
function onMac(env: NodeJS.ProcessEnv): Host & { readonly lines: string[] } {
  const root = temporaryDir();
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ name: 'ancrage', optionalDependencies: { '@dynoxide/linux-x64': VERSION } }),
  );
  const lines: string[] = [];
  return { root, platform: 'darwin', arch: 'arm64', env, lines, log: (line) => lines.push(line) };
}

const cacheOf = ({ root }: Host) => {
  const cache = join(root, 'node_modules/.cache');
  return existsSync(cache) ? readdirSync(cache) : [];
};

/** A directory with a program, to be on PATH. */
function directoryWith(name: string, program: string): string {
  const directory = temporaryDir();
  writeFileSync(join(directory, name), program);
  chmodSync(join(directory, name), 0o755);
  return directory;
}

const pathWith = (directory: string) => [directory, process.env.PATH].join(delimiter);

describe('on a platform whose engine is not installed', () => {
  it('npm installs the package of the same version once, with a line that says so', async () => {
    const { listener, requests } = servePackage(NAME, VERSION, { name: 'dynoxide', content: PROGRAM });
    const host = onMac(await startRegistry(listener));
    const before = readFileSync(join(host.root, 'package.json'), 'utf8');

    const binary = await dynoxideBinary(host);

    expect(readFileSync(binary, 'utf8')).toBe(PROGRAM);
    expect(host.lines).toEqual([`Installing the embedded DynamoDB, ${NAME}@${VERSION}, once …`]);
    const asked = requests.length;
    expect(await dynoxideBinary(host)).toBe(binary);
    expect([requests.length, host.lines.length]).toEqual([asked, 1]);
    expect(readFileSync(join(host.root, 'package.json'), 'utf8')).toBe(before);
    expect(readdirSync(host.root).toSorted()).toEqual(['node_modules', 'package.json']);
  });

  it('two processes that install at once end up with the same engine', async () => {
    const { listener } = servePackage(NAME, VERSION, { name: 'dynoxide', content: PROGRAM });
    const both = Promise.withResolvers<void>();
    let archives = 0;
    const env = await startRegistry(async (request, response) => {
      // Neither gets the archive before both have asked for it.
      if (request.url?.endsWith('.tgz')) {
        if (++archives === 2) both.resolve();
        await both.promise;
      }
      listener(request, response);
    });
    const host = onMac(env);
    const other = { ...host, env: { ...env, npm_config_cache: temporaryDir() } };

    const binaries = await Promise.all([dynoxideBinary(host), dynoxideBinary(other)]);

    expect(new Set(binaries).size).toBe(1);
    expect(readFileSync(binaries[0] as string, 'utf8')).toBe(PROGRAM);
    expect(cacheOf(host)).toEqual([`dynoxide-${VERSION}-darwin-arm64`]);
  });

  it.each([
    ['does not have it', 404, /E404.*Not Found/],
    ['fails', 500, /E500|500 Internal Server Error/],
    ['closes the connection', 0, /ECONNRESET|socket hang up|network/],
  ])('the message says what to do if the registry %s', async (_, status, reason) => {
    const host = onMac(
      await startRegistry((request, response) =>
        status === 0 ? request.socket.destroy() : response.writeHead(status).end('{}'),
      ),
    );

    const failure = await dynoxideBinary(host).catch((error: Error) => error.message);

    expect(failure).toMatch(
      /^The embedded DynamoDB for darwin-arm64 is not installed, and npm cannot install/,
    );
    expect(failure).toMatch(reason);
    expect(failure).toMatch(/put dynoxide 1\.2\.1 on PATH .*--dynamodb-endpoint URL$/);
    expect(cacheOf(host)).toEqual([]);
  });

  it('npm start says so in one sentence, and leaves nothing running', async () => {
    const mac =
      "data:text/javascript,Object.defineProperty(process, 'platform', { value: 'darwin' });" +
      "Object.defineProperty(process, 'arch', { value: 'arm64' });";
    const dataDir = temporaryDir();
    const env = environmentFor(await freePort()) as Record<string, string>;

    const main = startMain(['--data-dir', dataDir], { preload: [mac], env });

    expect(await main.end).toBe(1);
    expect(main.stdout()).toContain(`Installing the embedded DynamoDB, ${NAME}@${VERSION}, once …\n`);
    expect(main.stderr()).toMatch(/^The embedded DynamoDB .*ECONNREFUSED.*--dynamodb-endpoint URL\n$/);
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  it('a package without the binary is not taken for one', async () => {
    const { listener } = servePackage(NAME, VERSION, { name: 'README', content: 'soon' });

    await expect(dynoxideBinary(onMac(await startRegistry(listener)))).rejects.toThrow(
      /does not contain dynoxide: put dynoxide/,
    );
  });
});

describe('a dynoxide on PATH', () => {
  it('is used without asking a registry', async () => {
    const directory = directoryWith('dynoxide', PROGRAM);
    const host = onMac({ ...environmentFor(await freePort()), PATH: pathWith(directory) });

    expect(await dynoxideBinary(host)).toBe(join(directory, 'dynoxide'));
    expect(host.lines).toEqual([`Using the embedded DynamoDB on PATH, ${join(directory, 'dynoxide')}`]);
  });

  it('of another version is used with a warning', async () => {
    const directory = directoryWith('dynoxide', '#!/bin/sh\necho dynoxide 0.9.0\n');
    const host = onMac({ PATH: pathWith(directory) });

    await dynoxideBinary(host);

    expect(host.lines).toEqual([expect.stringMatching(/version 0\.9\.0; Ancrage is tested with 1\.2\.1$/)]);
  });

  it('that does not run is reported', async () => {
    const directory = directoryWith('dynoxide', '#!/bin/sh\nexit 3\n');

    await expect(dynoxideBinary(onMac({ PATH: pathWith(directory) }))).rejects.toThrow(/does not run/);
  });

  it('is not looked for in a relative directory, which is another one wherever the command runs', async () => {
    const host = onMac({ ...environmentFor(await freePort()), PATH: `.${delimiter}${process.env.PATH}` });

    await expect(dynoxideBinary(host)).rejects.toThrow(/cannot install/);
  });

  it('has to be an .exe on Windows, since a .cmd runs only in a shell', async () => {
    const shim = directoryWith('dynoxide.cmd', 'rem');
    const real = directoryWith('dynoxide.exe', PROGRAM);
    const host = {
      ...onMac({ PATH: [shim, real].join(delimiter) }),
      platform: 'win32' as const,
      arch: 'x64',
    };

    expect(await dynoxideBinary(host)).toBe(join(real, 'dynoxide.exe'));
  });
});

describe('without a shell, as on Windows', () => {
  const windows = "data:text/javascript,Object.defineProperty(process, 'platform', { value: 'win32' });";

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'the engine ends with the local stack after a %s',
    async (signal) => {
      const directory = temporaryDir();
      symlinkSync(await dynoxideBinary(), join(directory, 'dynoxide.exe'));
      const dataDir = temporaryDir();
      const main = startMain(['--data-dir', dataDir], {
        preload: [windows],
        env: { PATH: pathWith(directory) },
      });
      await main.prints('Ancrage is ready\n');
      const file = join(dataDir, 'dynamodb.sqlite');
      const { apiUrl } = readOutputs(dataDir);
      expect(processesWith(file).length).toBe(2);

      await main.kill(signal);

      await expect.poll(() => processesWith(file), { timeout: 20_000 }).toEqual([]);
      expect(await listens(apiUrl)).toBe(false);
    },
  );
});

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryDir } from './local-process.ts';

/** Start an npm registry on loopback. @returns the environment in which npm uses it, with an empty cache */
export async function startRegistry(listener: RequestListener): Promise<NodeJS.ProcessEnv> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return environmentFor((server.address() as AddressInfo).port);
}

/** Return the environment in which npm uses the registry at a port. */
export function environmentFor(port: number): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  const home = temporaryDir();
  return {
    ...{ PATH, HOME },
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_cache: join(home, 'cache'),
    npm_config_userconfig: join(home, 'npmrc'),
  };
}

/** Return a listener that serves one package, which contains one executable file. */
export function servePackage(
  name: string,
  version: string,
  file: { readonly name: string; readonly content: string | Buffer },
): { readonly listener: RequestListener; readonly requests: string[] } {
  const folder = temporaryDir();
  const content = join(folder, 'package');
  mkdirSync(content);
  writeFileSync(join(content, 'package.json'), JSON.stringify({ name, version, ...platformOf(name) }));
  writeFileSync(join(content, file.name), file.content);
  chmodSync(join(content, file.name), 0o755);
  const archive = join(folder, 'package.tgz');
  execFileSync('tar', ['-czf', archive, '-C', folder, 'package']);
  const requests: string[] = [];
  return {
    requests,
    listener: ({ url = '', headers }, response) => {
      requests.push(url);
      if (url.endsWith('.tgz')) return void response.end(readFileSync(archive));
      if (decodeURIComponent(url) !== `/${name}`) return void response.writeHead(404).end('{}');
      const dist = { tarball: `http://${headers.host}/${name}/-/package.tgz` };
      const manifest = { name, version, ...platformOf(name), dist };
      const document = { name, 'dist-tags': { latest: version }, versions: { [version]: manifest } };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
    },
  };
}

/** Real packages name their platform, and npm installs them for no other. */
function platformOf(name: string) {
  const [os = '', cpu = ''] = name.split('/').at(-1)?.split('-') ?? [];
  return { os: [os], cpu: [cpu] };
}

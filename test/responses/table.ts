import { CASES } from './cases.ts';
import { CLIENTS, versionOf } from './clients.ts';
import { serveCase } from './server.ts';

const ABOUT = `# Responses that are not quite HTTP

What Ancrage and others make of responses to a POST. \`npm run responses\` writes this page: a server on this machine says what
\`test/responses/cases.ts\` contains, over TCP. \`test/integration/responses.test.ts\` checks Ancrage's column, also over TLS.

- The status decides. If the body breaks off or is malformed, the log shows what came of it, and \`truncated\` says why.
- Bytes after a complete response are discarded, and its connection is not used again (RFC 9112, 6.3).
- What stands after the size of a chunk is dropped if it is white space or an extension.
- Heads are rewritten where that is safe. Ancrage refuses a response that leaves open where it ends (different lengths, a length
  together with chunks), and one with control characters, which others pass on.
- "then" means that a client returns the status, and fails when the body is read.
`;

/** Return the page with the verdicts of all clients that are installed. */
export async function responsesPage(log: (line: string) => void): Promise<string> {
  const versions = await Promise.all(Object.keys(CLIENTS).map(versionOf));
  const clients = Object.entries(CLIENTS).filter(([client], index) => {
    if (versions[index] === null) log(`skipped ${client}: it is not installed`);
    return versions[index] !== null;
  });
  const sections = [ABOUT];
  for (const [group, cases] of Object.entries(CASES)) {
    const rows: string[] = [];
    for (const each of cases) {
      const server = await serveCase(each);
      const verdicts = await Promise.all(clients.map(([, verdict]) => verdict(server.url)));
      server.stop();
      rows.push(row([each.name, ...verdicts]));
    }
    const names = ['response', ...clients.map(([client]) => client)];
    sections.push(`## ${group}\n\n${[row(names), row(names.map(() => '---')), ...rows].join('\n')}\n`);
  }
  const used = versions.filter((version) => version !== null);
  return `${[...sections, `Made with ${[...new Set(used)].join(', ')}.`].join('\n')}\n`;
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

import { describe, expect, it } from 'vitest';
import { documentedCommands, faultsOf, type Registry } from '../support/documented/check.ts';
import { commandsIn } from '../support/documented/page.ts';
import { REGISTRY } from '../support/documented/registry.ts';

const NOBODY: Registry = { scenes: [], followed: [], scripts: [], elsewhere: [] };

const block = (text: string) => `# Page\n\n## Use\n\n\`\`\`sh\n${text}\n\`\`\`\n`;
const faults = (page: string, registry: Partial<Registry> = {}) =>
  faultsOf(commandsIn('docs/page.md', page), { ...NOBODY, ...registry });

describe('the commands of README, docs and examples', () => {
  it('are each run by a test, or marked as needing AWS', () => {
    const commands = documentedCommands();
    expect(commands.length).toBeGreaterThan(300);
    expect(faultsOf(commands, REGISTRY)).toEqual([]);
  });

  it('include a new one, in a block and in prose', () => {
    expect(faults(block('npm run new'))).toEqual([
      expect.stringMatching(/^docs\/page\.md:5: nothing runs `npm run new`\. .*elsewhere\.ts/),
    ]);
    expect(faults('1. Then `npm run new -- --all` does it.\n')).toHaveLength(1);
    expect(faults('| a |\n|---|\n| `npm run new` |\n')).toHaveLength(1);
  });

  it('include each command of a block, over several lines or in a list', () => {
    const page =
      '1. First:\n   ```sh\n   one() {\n     echo 1\n   }\n   cat <<END\n   npm run x\n   END\n   npm run y -- \\\n     --z   # last\n   ```\n';
    expect(commandsIn('a.md', page).map(({ text }) => text)).toEqual([
      'one() {\n  echo 1\n}',
      'cat <<END\nnpm run x\nEND',
      'npm run y -- --z   # last',
    ]);
  });

  it.each([
    [
      'a comment of its own line, for the rest of the block',
      block('# Needs AWS credentials.\naws s3 ls\naws s3 ls b'),
    ],
    ['a comment behind it', block('aws s3 ls     # needs AWS')],
    ['its paragraph', 'This needs AWS: `aws s3 ls`.\n'],
    [
      'the paragraph below its heading',
      `# Page\n\n## A\n\nNeeds AWS credentials.\n\n### B\n\nThen \`aws s3 ls\`.\n`,
    ],
  ])('are marked by %s', (_, page) => expect(faults(page)).toEqual([]));

  it('are not marked by another section or an earlier line', () => {
    expect(faults(`# Page\n\n## A\n\nNeeds AWS.\n\n## B\n\nThen \`aws s3 ls\`.\n`)).toHaveLength(1);
    expect(faults(block('npm run new\naws s3 ls     # needs AWS'))).toHaveLength(1);
  });

  it('must be labelled as shell', () => {
    expect(() => commandsIn('a.md', '```bash\nnpm run new\n```\n')).toThrow('a.md:1: label a block');
    expect(() => commandsIn('a.md', '```\nnpm run new\n```\n')).toThrow('a.md:1: label a block');
  });

  it('are known by a scene, a script or a test that has their words', () => {
    const here = { file: 'docs/page.md', heading: 'Use' };
    expect(faults(block('npm run new'), { scenes: [here] })).toEqual([]);
    expect(faults(block('npm run new'), { scenes: [{ ...here, without: ['npm run new'] }] })).toHaveLength(1);
    expect(faults(block('npm run new'), { scripts: ['npm run new'] })).toEqual([]);
    const elsewhere = { command: 'npm run new', file: 'package.json', words: '"scripts"' };
    expect(faults(block('npm run -s new'), { elsewhere: [elsewhere] })).toEqual([]);
    expect(faults(block('npm run new\nnpm run new -- --more'), { elsewhere: [elsewhere] })).toHaveLength(1);
    expect(faults('Try `npm run new …`.\n', { elsewhere: [elsewhere] })).toEqual([]);
  });

  it('fail if the test is gone, or the command', () => {
    const gone = { command: 'npm run new', file: 'nowhere.ts', words: 'new' };
    expect(faults(block('npm run new'), { elsewhere: [gone] })).toEqual([
      'nowhere.ts has no “new”, so nothing runs `npm run new`: see elsewhere.ts.',
    ]);
    expect(faults('# Page\n', { scripts: ['npm run old'] })).toEqual([
      expect.stringContaining('No page has `npm run old` any more'),
    ]);
    expect(faults('# Page\n', { scenes: [{ file: 'docs/page.md', heading: 'Use' }] })).toHaveLength(1);
  });
});

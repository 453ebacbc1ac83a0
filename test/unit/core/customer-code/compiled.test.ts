import { expect, it, vi } from 'vitest';
import { compiledOnce } from '../../../../core/customer-code/compiled.ts';

it('compiles a source once for a project, however many sources another one uses', () => {
  const compile = vi.fn((source: string) => source.length);
  const compiled = compiledOnce(compile, 4 * 1024 * 1024);
  compiled('{{ doc.name }}', { project: 'quiet', allowance: undefined });
  for (let index = 0; index < 500; index++)
    compiled(`${index}`.padEnd(28 * 1024, ' '), { project: 'noisy', allowance: undefined });
  expect(compile).toHaveBeenCalledTimes(501);
  compiled('{{ doc.name }}', { project: 'quiet', allowance: undefined });
  compiled('499'.padEnd(28 * 1024, ' '), { project: 'noisy', allowance: undefined });
  expect(compile).toHaveBeenCalledTimes(501);
  compiled('0'.padEnd(28 * 1024, ' '), { project: 'noisy', allowance: undefined });
  expect(compile).toHaveBeenCalledTimes(502);
});

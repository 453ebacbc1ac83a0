import { expect, it, vi } from 'vitest';
import { compiledOnce } from '../../../../core/customer-code/compiled.ts';

it('compiles a source once for a project, however many sources another one uses', () => {
  const compile = vi.fn((source: string) => source.length);
  const compiled = compiledOnce(compile, 4 * 1024 * 1024);
  compiled('quiet', '{{ doc.name }}');
  for (let index = 0; index < 500; index++) compiled('noisy', `${index}`.padEnd(28 * 1024, ' '));
  expect(compile).toHaveBeenCalledTimes(501);
  compiled('quiet', '{{ doc.name }}');
  compiled('noisy', '499'.padEnd(28 * 1024, ' '));
  expect(compile).toHaveBeenCalledTimes(501);
  compiled('noisy', '0'.padEnd(28 * 1024, ' '));
  expect(compile).toHaveBeenCalledTimes(502);
});

import { expect, it } from 'vitest';
import { apiCall } from '../../../../../core/dialects/frappe/calls.ts';

it('reads a path of many slashes in linear time', () => {
  const path = `/api/${'/'.repeat(200_000)}x`;
  // Searched anew from each slash, the path takes half a minute.
  const start = process.cpuUsage();
  expect(() => apiCall({ method: 'GET', path, query: {}, text: '', contentType: undefined })).toThrow(
    'There is no GET',
  );
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
});

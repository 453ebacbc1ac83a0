import { describe, expect, it } from 'vitest';
import { filteredPage } from '../../../../core/ports/filtered-page.ts';
import type { PageRequest } from '../../../../core/ports/page.ts';

/** Create a list of the numbers from 0 and a filter. Return its pages and the reads that they took. */
function numbers(count: number, passes: (n: number) => boolean) {
  const reads: PageRequest[] = [];
  const read = async (page: PageRequest) => {
    reads.push(page);
    const from = page.cursor === null ? 0 : Number(page.cursor) + 1;
    const until = Math.min(from + page.limit, count);
    const items = Array.from({ length: until - from }, (_, index) => ({ n: from + index }));
    return { items: items.filter(({ n }) => passes(n)), cursor: until < count ? String(until - 1) : null };
  };
  const page = async (limit: number, cursor: string | null = null) => {
    const answer = await filteredPage({ limit, cursor }, read, ({ n }) => String(n));
    return { items: answer.items.map(({ n }) => n), cursor: answer.cursor };
  };
  return { reads, page };
}

describe('a filtered page', () => {
  it('is full if enough entries pass, however many lie between them', async () => {
    const { page } = numbers(2000, (n) => n % 400 === 399);
    expect(await page(3)).toEqual({ items: [399, 799, 1199], cursor: expect.any(String) });
    expect(await page(3, '1199')).toEqual({ items: [1599, 1999], cursor: null });
  });

  it('continues at its cut if it read more entries than its limit', async () => {
    const { page, reads } = numbers(100, (n) => n % 2 === 0);
    expect(await page(3)).toEqual({ items: [0, 2, 4], cursor: '4' });
    expect(await page(3, '4')).toEqual({ items: [6, 8, 10], cursor: '10' });
    expect(reads).toHaveLength(2);
  });

  it('reads no more than it needs', async () => {
    const { page, reads } = numbers(10_000, () => true);
    expect((await page(100)).items).toHaveLength(100);
    expect(reads).toHaveLength(1);
  });

  it('ends with a cursor once it has read 2500 items, and the next pages find the rest', async () => {
    const { page, reads } = numbers(6000, (n) => n === 5500);
    const first = await page(1);
    expect(first).toEqual({ items: [], cursor: '2499' });
    expect(reads).toHaveLength(10);
    const second = await page(1, first.cursor);
    expect(second).toEqual({ items: [], cursor: '4999' });
    expect((await page(1, second.cursor)).items).toEqual([5500]);
  });

  it('is empty and the last one if no entry passes', async () => {
    expect(await numbers(0, () => true).page(10)).toEqual({ items: [], cursor: null });
    expect(await numbers(700, () => false).page(10)).toEqual({ items: [], cursor: null });
  });
});

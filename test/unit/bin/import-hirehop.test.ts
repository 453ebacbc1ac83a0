import { describe, expect, it } from 'vitest';
import { type Hook, type Line, readHirehopCsv } from '../../../bin/import/hirehop-csv.ts';
import { type Existing, planHirehop } from '../../../bin/import/hirehop-plan.ts';

describe('a CSV of URLs and ticked events', () => {
  it('is read with the numbers of its lines, whatever separates events', () => {
    const lines = readHirehopCsv(
      [
        '\uFEFFURL, Events ,name,enabled',
        'https://a.example/hook,job.created;job.updated | contact.person.*;,"Sync, nightly",no',
        '',
        '"https://b.example/hook","job.created',
        'job.created",,',
        'https://c.example/hook,*',
      ].join('\r\n'),
    );
    expect(lines).toEqual([
      {
        line: 2,
        hook: {
          url: 'https://a.example/hook',
          events: ['job.created', 'job.updated', 'contact.person.*'],
          name: 'Sync, nightly',
          enabled: false,
        },
      },
      { line: 4, hook: { url: 'https://b.example/hook', events: ['job.created'], enabled: true } },
      { line: 6, hook: { url: 'https://c.example/hook', events: ['*'], enabled: true } },
    ]);
  });

  it('may separate its columns by semicolons, as spreadsheets of many countries do', () => {
    expect(readHirehopCsv('events;url\njob.created|job.updated;https://a.example/\n')).toEqual([
      { line: 2, hook: { url: 'https://a.example/', events: ['job.created', 'job.updated'], enabled: true } },
    ]);
  });

  it.each([
    [',job.created', 'has no URL'],
    ['https://a.example/', 'has no event ticked'],
    ['https://a.example/, | ;', 'has no event ticked'],
    ['https://a.example/,a,n,maybe', 'enabled is "maybe", not true or false'],
    ['https://a.example/,a,n,1,b', 'has 5 columns, the first line 4: separate events by | or ;'],
  ])('has faults of single lines: %s', (line, fault) => {
    const lines = readHirehopCsv(`url,events,name,enabled\n${line}\nhttps://b.example/,b\n`);
    expect(lines).toEqual([
      { line: 2, fault },
      expect.objectContaining({ line: 3, hook: expect.anything() }),
    ]);
  });

  it('is read until a quote is not closed', () => {
    const lines = readHirehopCsv(
      'url,events\nhttps://a.example/,a\nhttps://b.example/,"b\nhttps://c.example/,c\n',
    );
    expect(lines).toMatchObject([
      { line: 2, hook: { url: 'https://a.example/' } },
      { line: 3, fault: 'from here on, a quote is opened and never closed' },
    ]);
  });

  it.each([
    '',
    '\n',
    'url\nhttps://a.example/',
    'url,events,colour\n',
    'url,events,url\n',
    'https://a.example/,a\n',
  ])('must name its columns: %j', (text) => {
    expect(() => readHirehopCsv(text)).toThrow(/must name the columns url and events/);
  });
});

describe('an import of HireHop', () => {
  const hook = (url: string, ...events: string[]): Hook => ({ url, events });
  const lines = (...hooks: Hook[]): Line[] => hooks.map((hook, at) => ({ line: at + 2, hook }));
  const existing = (id: string, url: string, ...events: string[]): Existing => ({ id, url, events });
  const kinds = (planned: ReturnType<typeof planHirehop>) =>
    planned.map((step) => {
      const id = step.kind === 'update' ? step.existing.id : step.kind === 'there' ? step.id : undefined;
      return [step.line, step.kind, ...(id === undefined ? [] : [id])];
    });

  it('makes what is not there, whatever the order of its events, and changes what has others', () => {
    const planned = planHirehop(lines(hook('a', 'x', 'y'), hook('b', 'x'), hook('c', 'x')), [
      existing('sub_a', 'a', 'y', 'x'),
      existing('sub_b', 'b', 'z'),
      existing('sub_d', 'd', 'x'),
    ]);
    expect(kinds(planned)).toEqual([
      [2, 'there', 'sub_a'],
      [3, 'update', 'sub_b'],
      [4, 'create'],
    ]);
  });

  it('keeps several subscriptions of one URL apart: those that fit first, then the oldest', () => {
    const planned = planHirehop(
      lines(hook('a', 'new'), hook('a', 'x'), hook('a', 'other'), hook('a', 'more')),
      [existing('sub_1', 'a', 'old'), existing('sub_2', 'a', 'x'), existing('sub_3', 'a', 'older')],
    );
    expect(kinds(planned)).toEqual([
      [2, 'update', 'sub_1'],
      [3, 'there', 'sub_2'],
      [4, 'update', 'sub_3'],
      [5, 'create'],
    ]);
  });

  it('takes a line that is repeated once, and tells faults', () => {
    const planned = planHirehop(
      [...lines(hook('a', 'x', 'y'), hook('a', 'y', 'x')), { line: 9, fault: 'f' }],
      [],
    );
    expect(planned).toMatchObject([
      { line: 2, kind: 'create' },
      { line: 3, kind: 'repeated', ofLine: 2 },
      { line: 9, kind: 'fault', reason: 'f' },
    ]);
  });

  it('finds everything there afterwards, wherever the first run ended', () => {
    const file = lines(hook('a', 'x'), hook('a', 'y'), hook('b', 'x'), hook('a', 'z', 'x'));
    const atFirst = [existing('sub_1', 'a', 'old'), existing('sub_2', 'b', 'y')];
    for (let done = 0; done <= file.length; done++) {
      const now = run(file.slice(0, done), atFirst);
      const finished = run(file, now);
      expect(kinds(planHirehop(file, finished)).map(([, kind]) => kind)).toEqual(file.map(() => 'there'));
      expect(finished).toHaveLength(4);
    }
  });

  /** What there is once the plan of these lines is carried out. */
  function run(file: readonly Line[], before: readonly Existing[]): Existing[] {
    const after = new Map(before.map((subscription) => [subscription.id, subscription]));
    for (const step of planHirehop(file, before)) {
      if (step.kind === 'update') after.set(step.existing.id, { ...step.existing, events: step.events });
      if (step.kind === 'create')
        after.set(`sub_${after.size + 1}`, { ...step.hook, id: `sub_${after.size + 1}` });
    }
    return [...after.values()];
  }
});

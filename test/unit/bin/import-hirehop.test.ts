import { describe, expect, it } from 'vitest';
import { type Hook, type Line, readHirehopCsv } from '../../../bin/import/hirehop-csv.ts';
import { type Existing, planHirehop } from '../../../bin/import/hirehop-plan.ts';

describe('a CSV of URLs and selected events', () => {
  it('is parsed with its line numbers, whatever separates the events', () => {
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

  it('may have several events in a quoted cell, separated by commas', () => {
    const lines = readHirehopCsv('url,events\nhttps://a.example/,"job.created, job.updated,contact.*"\n');
    expect(lines.map(({ hook }) => hook?.events)).toEqual([['job.created', 'job.updated', 'contact.*']]);
  });

  it('may separate its columns by semicolons, as spreadsheets do in many countries', () => {
    expect(readHirehopCsv('events;url\njob.created|job.updated;https://a.example/\n')).toEqual([
      { line: 2, hook: { url: 'https://a.example/', events: ['job.created', 'job.updated'], enabled: true } },
    ]);
  });

  it.each([
    [',job.created', 'has no URL'],
    ['https://a.example/', 'has no events'],
    ['https://a.example/, | ;', 'has no events'],
    ['https://a.example/,a,n,maybe', 'enabled must be true or false, not "maybe"'],
    [
      'https://a.example/,a,n,1,b',
      'has 5 columns instead of 4: separate events by | or ;, or quote the cell',
    ],
  ])('reports the fault of a single line: %s', (line, fault) => {
    const lines = readHirehopCsv(`url,events,name,enabled\n${line}\nhttps://b.example/,b\n`);
    expect(lines).toEqual([
      { line: 2, fault },
      expect.objectContaining({ line: 3, hook: expect.anything() }),
    ]);
  });

  it('is parsed up to a quote that is never closed', () => {
    const lines = readHirehopCsv(
      'url,events\nhttps://a.example/,a\nhttps://b.example/,"b\nhttps://c.example/,c\n',
    );
    expect(lines).toMatchObject([
      { line: 2, hook: { url: 'https://a.example/' } },
      { line: 3, fault: 'a quote that begins here or below is never closed' },
    ]);
  });

  it.each([
    '',
    '\n',
    'url\nhttps://a.example/',
    'url,events,colour\n',
    'url,events,url\n',
    'https://a.example/,a\n',
  ])('must have a header with its columns: %j', (text) => {
    expect(() => readHirehopCsv(text)).toThrow(/must contain the columns url and events/);
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

  it('creates missing subscriptions and updates those with other events, whatever the order of the events', () => {
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

  it('matches several subscriptions with the same URL exactly first, then oldest first', () => {
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

  it('imports a repeated line once and reports faults', () => {
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

  it('finds all subscriptions in a second run, wherever the first run ended', () => {
    const file = lines(hook('a', 'x'), hook('a', 'y'), hook('b', 'x'), hook('a', 'z', 'x'));
    const atFirst = [existing('sub_1', 'a', 'old'), existing('sub_2', 'b', 'y')];
    for (let done = 0; done <= file.length; done++) {
      const now = run(file.slice(0, done), atFirst);
      const finished = run(file, now);
      expect(kinds(planHirehop(file, finished)).map(([, kind]) => kind)).toEqual(file.map(() => 'there'));
      expect(finished).toHaveLength(4);
    }
  });

  /** Return the subscriptions that exist after the plan for these lines is executed. */
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

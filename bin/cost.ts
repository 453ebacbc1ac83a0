#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import * as z from 'zod';
import { validate } from '../core/kernel/validate.ts';
import { UsageError } from './admin/errors.ts';
import { printJson } from './admin/print.ts';
import { run } from './admin/program.ts';
import { billOf, eventBridgePerMillion } from './cost/bill.ts';
import {
  type Counts,
  countsOf,
  countsSchema,
  type Line,
  provisioned as provisionedCounts,
} from './cost/counts.ts';
import { idleLines } from './cost/idle.ts';
import { MEASURED_AT } from './cost/measured.ts';
import { REGIONS, type Region } from './cost/prices.ts';
import { DEFAULT_SCENARIO, linesOf, type Scenario } from './cost/scenario.ts';
import { billTable, comparison, explanation, sources } from './cost/show.ts';

/**
 * Estimates the cost of a stack: while idle, for a scenario, or for counts of your own. `docs/cost.md` explains from what.
 */

interface CostOptions extends Scenario {
  readonly region: Region;
  readonly counts?: string;
  readonly idle?: true;
  readonly freeTier?: true;
  readonly explain?: true;
  readonly sources?: true;
  readonly json?: true;
  readonly monitoring: boolean;
}

/** Headers of a request and the envelope of its body, in bytes. */
const REQUEST_OVERHEAD = 350;

const scenarioSchema = z.object({
  events: z.number().positive(),
  subscribers: z.number().int().positive(),
  payloadBytes: z.number().int().min(2).max(262_144),
  batch: z.number().int().min(1).max(10),
  failureRate: z.number().min(0).max(1),
  endpointMs: z.number().min(0).max(30_000),
  retentionDays: z.number().min(7).max(3650),
  provisioned: z.number().positive().max(1).nullable(),
});

const { events, subscribers, payloadBytes, batch, failureRate, via, endpointMs, retentionDays, provisioned } =
  DEFAULT_SCENARIO;

const program = new Command('cost')
  .description(
    'Estimate the cost of a stack at list prices: for a scenario, while idle, or for measured counts.',
  )
  .addOption(new Option('--region <region>', 'AWS region').choices(REGIONS).default('us-east-1'))
  .option('--events <n>', 'number of published events', Number, events)
  .option('--subscribers <n>', 'deliveries per event', Number, subscribers)
  .option('--payload-bytes <n>', 'size of the data of an event', Number, payloadBytes)
  .option(
    '--batch <n>',
    'records per invocation, and events per publish request: 1 (a quiet stack) to 10',
    Number,
    batch,
  )
  .option('--failure-rate <share>', 'share of attempts that fail, 0 to 1', Number, failureRate)
  .addOption(new Option('--via <way>', 'how publishers send events').choices(['https', 'queue']).default(via))
  .option('--endpoint-ms <n>', 'response time of hook URLs in milliseconds', Number, endpointMs)
  .option('--retention-days <n>', 'days for which events and attempts are kept', Number, retentionDays)
  .addOption(
    new Option('--provisioned <share>', 'assume provisioned capacity with this utilisation, above 0 to 1')
      .argParser(Number)
      .default(provisioned, 'on demand'),
  )
  .addOption(
    new Option(
      '--counts <file>',
      'JSON file of measured counts to use instead of a scenario: {"deliveries": …, "counts": {…}}',
    ),
  )
  .addOption(new Option('--idle', 'estimate a month without traffic').conflicts('counts'))
  .option('--no-monitoring', 'with --idle: leave out alarms and dashboard')
  .option('--free-tier', 'subtract the monthly free tier of an account')
  .option('--explain', 'also print each quantity and its reason')
  .option('--sources', 'print the sources of the prices and when they were last confirmed')
  .option('--json', 'print JSON for scripts')
  .addHelpText(
    'after',
    `
Examples:
  npm run cost
  npm run cost -- --subscribers 20 --payload-bytes 4096 --failure-rate 0.02 --region eu-west-1
  npm run cost -- --idle --explain
  npm run cost -- --counts measured.json
  npm run -s cost -- --json | jq .perMillionDeliveries`,
  )
  .exitOverride()
  .action((options: CostOptions) => {
    if (options.sources) return console.log(sources());
    const { counts, lines, title } = inputOf(options);
    const bill = billOf(counts, options.region, options.freeTier);
    const eventBridge =
      options.idle || options.counts !== undefined
        ? null
        : eventBridgePerMillion(
            { subscribers: options.subscribers, bytesOut: options.payloadBytes + REQUEST_OVERHEAD },
            options.region,
          );
    if (options.json) return printJson({ region: options.region, ...counts, ...bill, eventBridge });
    console.log(`${title}, ${options.region}${options.freeTier ? ', after the free tier' : ''}\n`);
    console.log(billTable(bill, options.region));
    if (bill.perMillionDeliveries !== null && eventBridge !== null)
      console.log(`\n${comparison(bill.perMillionDeliveries, eventBridge)}`);
    else if (bill.perMillionDeliveries !== null)
      console.log(`\nper million deliveries: $${bill.perMillionDeliveries.toFixed(2)}`);
    if (options.explain && lines.length > 0) console.log(`\n${explanation(lines)}`);
    if (options.explain && bill.perMillionDeliveries !== null)
      console.log(`\nUnits as npm run bench -- units counted them on ${MEASURED_AT}.`);
  });

await run(program);

interface Input {
  readonly counts: Counts;
  readonly lines: readonly Line[];
  readonly title: string;
}

function inputOf(options: CostOptions): Input {
  if (options.counts !== undefined) {
    const counts = readCounts(options.counts);
    return { counts, lines: [], title: counts.note ?? `${options.counts}` };
  }
  if (options.idle) {
    const lines = idleLines(options);
    return { counts: countsOf(lines, 0), lines, title: 'A month without traffic' };
  }
  validate(scenarioSchema, options);
  const lines = linesOf(options);
  const title = [
    `${options.events} events of ${options.payloadBytes} bytes via ${options.via}`,
    `deliveries per event: ${options.subscribers}`,
    `records per invocation: ${options.batch}`,
    `failing attempts: ${options.failureRate * 100} %`,
  ].join(', ');
  const { counts, deliveries } = countsOf(lines, options.events * options.subscribers);
  const paid = options.provisioned === null ? counts : provisionedCounts(counts, options.provisioned);
  return { counts: { counts: paid, deliveries }, lines, title };
}

function readCounts(file: string): Counts & { readonly note?: string | undefined } {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  return validate(countsSchema, content) as Counts & { readonly note?: string | undefined };
}

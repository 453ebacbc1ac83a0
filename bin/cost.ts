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
import { linesOf } from './cost/model.ts';
import { REGIONS, type Region } from './cost/prices.ts';
import { DEFAULT_SCENARIO, type Scenario, sizesOf } from './cost/scenario.ts';
import { billTable, comparison, explanation, sources } from './cost/show.ts';

/** What a stack costs: idle, for a scenario, or for counts that were measured. `docs/cost.md` has the model. */

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
    'Says what a stack costs at list prices: for a scenario, idle, or for counts that were measured.',
  )
  .addOption(new Option('--region <region>').choices(REGIONS).default('us-east-1'))
  .option('--events <n>', 'events that are published', Number, events)
  .option('--subscribers <n>', 'deliveries that each makes', Number, subscribers)
  .option('--payload-bytes <n>', "of an event's data", Number, payloadBytes)
  .option('--batch <n>', 'messages in a batch, events in a request: 1 (a quiet stack) to 10', Number, batch)
  .option('--failure-rate <share>', 'of the attempts, 0 to 1', Number, failureRate)
  .addOption(new Option('--via <way>', 'how events are published').choices(['https', 'queue']).default(via))
  .option('--endpoint-ms <n>', 'how long a hook URL takes to answer', Number, endpointMs)
  .option('--retention-days <n>', 'how long events and attempts are kept', Number, retentionDays)
  .option(
    '--provisioned <share>',
    'with provisioned capacity, of which this share is used',
    Number,
    provisioned,
  )
  .addOption(new Option('--counts <file>', 'JSON: {"deliveries": …, "counts": {…}}, in place of a scenario'))
  .addOption(new Option('--idle', 'a month in which nobody uses the stack').conflicts('counts'))
  .option('--no-monitoring', 'idle, without alarms and dashboard')
  .option('--free-tier', 'without what an account has free each month')
  .option('--explain', 'each line, and where its quantity comes from')
  .option('--sources', 'where the prices are from, and when they were seen there')
  .option('--json', 'print JSON, for scripts')
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
    const { counts, lines, told } = inputOf(options);
    const bill = billOf(counts, options.region, options.freeTier);
    const eventBridge =
      options.idle || options.counts !== undefined
        ? null
        : eventBridgePerMillion(
            { subscribers: options.subscribers, bytesOut: sizesOf(options).request },
            options.region,
          );
    if (options.json) return printJson({ region: options.region, ...counts, ...bill, eventBridge });
    console.log(`${told}, ${options.region}${options.freeTier ? ', after the free tier' : ''}\n`);
    console.log(billTable(bill, options.region));
    if (bill.perMillionDeliveries !== null && eventBridge !== null)
      console.log(`\n${comparison(bill.perMillionDeliveries, eventBridge)}`);
    else if (bill.perMillionDeliveries !== null)
      console.log(`\nper million deliveries: $${bill.perMillionDeliveries.toFixed(2)}`);
    if (options.explain && lines.length > 0) console.log(`\n${explanation(lines)}`);
  });

await run(program);

interface Input {
  readonly counts: Counts;
  readonly lines: readonly Line[];
  readonly told: string;
}

function inputOf(options: CostOptions): Input {
  if (options.counts !== undefined) {
    const counts = readCounts(options.counts);
    return { counts, lines: [], told: counts.note ?? `${options.counts}` };
  }
  if (options.idle) {
    const lines = idleLines(options);
    return { counts: countsOf(lines, 0), lines, told: 'An idle month' };
  }
  validate(scenarioSchema, options);
  const lines = linesOf(options);
  const told = `${options.events} events, ${options.subscribers} deliveries each, ${options.payloadBytes} bytes, ${options.batch} a batch, ${options.failureRate * 100} % failing, by ${options.via}`;
  const { counts, deliveries } = countsOf(lines, options.events * options.subscribers);
  const paid = options.provisioned === null ? counts : provisionedCounts(counts, options.provisioned);
  return { counts: { counts: paid, deliveries }, lines, told };
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

import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Monitored } from './monitored.ts';

const CONTEXT = '@timestamp, service, message, project, lot, eventId, subscriptionId, number';

/** Queries of the functions' logs; `docs/observability.md` documents all fields. */
const FUNCTION_QUERIES: Readonly<Record<string, string>> = {
  // A saved query has no parameters: the operator replaces evt_….
  'way of an event': `fields ${CONTEXT}, status, reason, follows, nextAttemptAt, durationMs, requestId
| filter eventId = "evt_…" or @message like "evt_…"
| sort @timestamp asc
| limit 1000`,

  // Errors that Ancrage logs, and those of the runtime: crashes, timeouts and functions out of memory.
  errors: `fields ${CONTEXT}, messageId, apiRequestId, requestId, error.name, error.message, error.stack, record.status
| filter level = "ERROR" or (type = "platform.report" and record.status != "success")
| sort @timestamp desc
| limit 200`,

  'messages set aside': `fields @timestamp, messageId, firstMessageId, receiveCount, reason
| filter message = "message set aside"
| sort @timestamp desc
| limit 200`,

  'events held back': `filter message = "events held back"
| stats sum(count) as events, max(seconds) as seconds by project
| sort events desc
| limit 100`,

  'failing endpoints': `filter message = "attempt failed"
| stats count() as attempts, count_distinct(subscriptionId) as subscriptions, max(durationMs) as slowestMs by host, reason, status
| sort attempts desc
| limit 100`,

  // Attempts that succeed together share one line with the duration of the slowest, for which the function waits.
  'slow endpoints': `filter message in ["attempt succeeded", "attempts succeeded", "attempt failed"]
| stats sum(coalesce(attempts, 1)) as requests, pct(durationMs, 50) as p50, pct(durationMs, 99) as p99, sum(durationMs) / 1000 as seconds by host
| sort seconds desc
| limit 100`,

  // What flow control did: modes, probes, turns of pumps, and subscriptions that ended.
  endpoints: `fields ${CONTEXT}, from, mode, reason, failedProbes, nextProbeAt, attempts, durationMs, window, perSecond, follows
| filter message in ["flow changed", "probe failed", "mailbox pumped", "subscription ended"]
| sort @timestamp desc
| limit 500`,

  sweeps: `fields @timestamp, message, shard, moved, lagSeconds, durationMs, error.message
| filter service = "sweep"
| sort @timestamp desc
| limit 200`,
};

const API_QUERIES: Readonly<Record<string, string>> = {
  'requests refused or failed': `filter status >= 400
| stats count() as requests, max(durationMs) as slowestMs, latest(apiRequestId) as latestId by status, routeKey, project, keyId
| sort requests desc
| limit 200`,
};

/** The saved queries that the runbook refers to by name. They cost nothing until they are run. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { config, functions, http }: Monitored) {
    super(scope, id);
    const save = (queries: typeof FUNCTION_QUERIES, logGroups: readonly ILogGroup[]) => {
      for (const [name, queryString] of Object.entries(queries))
        new CfnQueryDefinition(this, name, {
          name: `ancrage-${config.stage}/${name}`,
          queryString,
          logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
        });
    };
    save(
      FUNCTION_QUERIES,
      functions.map(({ logGroup }) => logGroup),
    );
    save(API_QUERIES, [http.accessLog]);
  }
}

import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Monitored } from './monitored.ts';

const WHO = '@timestamp, service, message, project, lot, eventId, subscriptionId, number';

/** Lines of the functions' logs; `docs/observability.md` has all of their fields. */
const OF_FUNCTIONS: Readonly<Record<string, string>> = {
  // A query that is saved has no parameter: the id is put in its place.
  'way of an event': `fields ${WHO}, status, reason, follows, nextAttemptAt, durationMs, requestId
| filter eventId = "evt_…" or @message like "evt_…"
| sort @timestamp asc
| limit 1000`,

  // Ours, and the runtime's own: a crash, and a function out of time or memory.
  errors: `fields ${WHO}, messageId, apiRequestId, requestId, error.name, error.message, error.stack, record.status
| filter level = "ERROR" or (type = "platform.report" and record.status != "success")
| sort @timestamp desc
| limit 200`,

  'messages set aside': `fields @timestamp, messageId, firstMessageId, receiveCount, reason
| filter message = "message set aside"
| sort @timestamp desc
| limit 200`,

  'failing endpoints': `filter message = "attempt failed"
| stats count() as attempts, count_distinct(subscriptionId) as subscriptions, max(durationMs) as slowestMs by host, reason, status
| sort attempts desc
| limit 100`,

  // What succeeds together is one line, with its slowest: the function waits for that.
  'slow endpoints': `filter message in ["attempt succeeded", "attempts succeeded", "attempt failed"]
| stats sum(coalesce(attempts, 1)) as requests, pct(durationMs, 50) as p50, pct(durationMs, 99) as p99, sum(durationMs) / 1000 as seconds by host
| sort seconds desc
| limit 100`,

  breakers: `fields ${WHO}, outages, failedProbes, delivered, nextProbeAt
| filter message like /^(breaker|probe)/
| sort @timestamp desc
| limit 500`,

  sweeps: `fields @timestamp, message, shard, moved, lagSeconds, durationMs, error.message
| filter service = "sweep"
| sort @timestamp desc
| limit 200`,
};

const OF_THE_API: Readonly<Record<string, string>> = {
  'requests refused or failed': `filter status >= 400
| stats count() as requests, max(durationMs) as slowestMs, latest(apiRequestId) as latestId by status, routeKey, project, keyId
| sort requests desc
| limit 200`,
};

/** The runbook's queries, by the names that it calls them. CloudWatch takes nothing for them until they are run. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { config, functions, http }: Monitored) {
    super(scope, id);
    const save = (queries: typeof OF_FUNCTIONS, logGroups: readonly ILogGroup[]) => {
      for (const [name, queryString] of Object.entries(queries))
        new CfnQueryDefinition(this, name, {
          name: `ancrage-${config.stage}/${name}`,
          queryString,
          logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
        });
    };
    save(
      OF_FUNCTIONS,
      functions.map(({ logGroup }) => logGroup),
    );
    save(OF_THE_API, [http.accessLog]);
  }
}

import {
  AaaaRecord,
  ARecord,
  HostedZone,
  type IAliasRecordTarget,
  RecordTarget,
} from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { DomainConfig } from '../config.ts';

/** Add alias records for IPv4 and IPv6 that point a name to a target. */
export function pointTo(
  scope: Construct,
  recordName: string,
  { id, name }: NonNullable<DomainConfig['hostedZone']>,
  target: IAliasRecordTarget,
): void {
  const zone = HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: id, zoneName: name });
  const record = { zone, recordName, target: RecordTarget.fromAlias(target) };
  new ARecord(scope, 'Ipv4', record);
  new AaaaRecord(scope, 'Ipv6', record);
}

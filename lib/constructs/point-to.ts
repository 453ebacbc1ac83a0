import {
  AaaaRecord,
  ARecord,
  HostedZone,
  type IAliasRecordTarget,
  RecordTarget,
} from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { DomainConfig } from '../config.ts';

/** Points a name at what answers for it, over IPv4 and IPv6. */
export function pointTo(
  scope: Construct,
  recordName: string,
  { id, name }: NonNullable<DomainConfig['hostedZone']>,
  answers: IAliasRecordTarget,
): void {
  const zone = HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: id, zoneName: name });
  const record = { zone, recordName, target: RecordTarget.fromAlias(answers) };
  new ARecord(scope, 'Ipv4', record);
  new AaaaRecord(scope, 'Ipv6', record);
}

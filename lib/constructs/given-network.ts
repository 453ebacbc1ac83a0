import { Aws } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { CfnFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { allowAttaching, type FunctionNetwork } from './function-network.ts';

type GivenNetworkProps = NonNullable<StageConfig['network']>;

/** A VPC that is there already. It is named by ids alone, because looking it up would need an account at synthesis. */
export class GivenNetwork extends Construct implements FunctionNetwork {
  readonly addresses: readonly string[] = [];
  readonly placement = {};
  readonly #vpcConfig: CfnFunction.VpcConfigProperty;

  constructor(scope: Construct, id: string, props: GivenNetworkProps) {
    super(scope, id);
    const { subnetIds, securityGroupIds = [this.#securityGroup(props)], privateReceivers } = props;
    this.#vpcConfig = {
      subnetIds: [...subnetIds],
      securityGroupIds: [...securityGroupIds],
      // Lambda refuses it for subnets without IPv6.
      ...(privateReceivers.some((range) => range.includes(':')) && { ipv6AllowedForDualStack: true }),
    };
    this.#gatewayEndpoints(props);
  }

  admit(fn: LambdaFunction): void {
    allowAttaching(fn);
    (fn.node.defaultChild as CfnFunction).vpcConfig = this.#vpcConfig;
  }

  #securityGroup({ vpcId }: GivenNetworkProps): string {
    const everything = { ipProtocol: '-1', description: 'Hook URLs may be anywhere' };
    return new CfnSecurityGroup(this, 'SecurityGroup', {
      vpcId,
      groupDescription: 'Functions that call hook URLs: nothing comes in',
      securityGroupEgress: [
        { ...everything, cidrIp: '0.0.0.0/0' },
        { ...everything, cidrIpv6: '::/0' },
      ],
    }).attrGroupId;
  }

  /** They are free, and what they carry passes no NAT gateway. */
  #gatewayEndpoints({ vpcId, routeTableIds }: GivenNetworkProps): void {
    if (routeTableIds === undefined) return;
    for (const [id, service] of [
      ['Table', 'dynamodb'],
      ['Bodies', 's3'],
    ] as const)
      new CfnVPCEndpoint(this, id, {
        vpcId,
        serviceName: `com.amazonaws.${Aws.REGION}.${service}`,
        vpcEndpointType: 'Gateway',
        routeTableIds: [...routeTableIds],
      });
  }
}

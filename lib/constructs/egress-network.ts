import { Fn } from 'aws-cdk-lib';
import {
  CfnEIP,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  type IVpc,
  NatProvider,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface EgressNetworkProps {
  readonly natGateways: number;
  readonly cidr: string;
}

/** What Lambda asks for to attach functions: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
const ATTACHING = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** A network whose functions call the world from fixed addresses. Nothing in it can be called. */
export class EgressNetwork extends Construct {
  /** What receivers let in. */
  readonly addresses: string[];
  readonly #vpc: IVpc;
  readonly #securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, { natGateways, cidr }: EgressNetworkProps) {
    super(scope, id);
    const addresses = Array.from({ length: natGateways }, (_, index) => {
      return new CfnEIP(this, `Address${index + 1}`, { domain: 'vpc' });
    });
    this.addresses = addresses.map(({ ref }) => ref);
    // The CDK's classes and interfaces differ under exactOptionalPropertyTypes.
    this.#vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(cidr),
      // A function in a zone whose gateway has failed reaches nothing, so that there are as many zones as gateways. Told
      // by number alone, the CDK takes two at the most where it does not know the account.
      availabilityZones: addresses.map((_, index) => Fn.select(index, Fn.getAzs())),
      natGateways,
      natGatewayProvider: NatProvider.gateway({
        eipAllocationIds: addresses.map(({ attrAllocationId }) => attrAllocationId),
      }),
      subnetConfiguration: [
        // For the gateways alone.
        { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 28, mapPublicIpOnLaunch: false },
        // An address for each copy of a function, and more.
        { name: 'Functions', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
      ],
      // The CDK would bring a function of its own to empty the default group, which nothing is in.
      restrictDefaultSecurityGroup: false,
      gatewayEndpoints: { Table: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
    }) as IVpc;
    acknowledge(this.#vpc, {
      'AwsSolutions-VPC7': 'Only the functions are in it, and they log each request that they make.',
    });
    this.#securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: this.#vpc,
      description: 'Functions that call hook URLs: nothing comes in',
    });
  }

  get placement() {
    return {
      vpc: this.#vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [this.#securityGroup],
    };
  }

  /** Lets Lambda attach the function to the network, and the function's code not. */
  admit(fn: LambdaFunction): void {
    fn.addToRolePolicy(new PolicyStatement({ actions: ATTACHING, resources: ['*'] }));
    fn.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ATTACHING,
        resources: ['*'],
        // Set on what the code calls, and not on what Lambda does with the role.
        conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
      }),
    );
    if (fn.role !== undefined)
      acknowledge(fn.role, {
        'AwsSolutions-IAM5[Resource::*]':
          'Lambda asks for the network actions on all resources before it attaches a function; the code itself is denied them.',
      });
  }
}

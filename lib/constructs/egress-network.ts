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
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { allowAttaching, type FunctionNetwork } from './function-network.ts';

export interface EgressNetworkProps {
  readonly natGateways: number;
  readonly cidr: string;
  /** As many as gateways. */
  readonly availabilityZones?: readonly string[] | undefined;
}

/** A network whose functions call hook URLs from fixed addresses. It accepts no incoming connections. */
export class EgressNetwork extends Construct implements FunctionNetwork {
  /** IP addresses that receivers have to allow. */
  readonly addresses: string[];
  readonly #vpc: IVpc;
  readonly #securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, { natGateways, cidr, availabilityZones }: EgressNetworkProps) {
    super(scope, id);
    const addresses = Array.from({ length: natGateways }, (_, index) => {
      return new CfnEIP(this, `Address${index + 1}`, { domain: 'vpc' });
    });
    this.addresses = addresses.map(({ ref }) => ref);
    // The CDK's classes and interfaces differ under exactOptionalPropertyTypes.
    this.#vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(cidr),
      // As many zones as gateways, because a zone without a working gateway reaches nothing. If only told the number of
      // zones, the CDK uses at most two when it does not know the account.
      availabilityZones:
        availabilityZones === undefined
          ? addresses.map((_, index) => Fn.select(index, Fn.getAzs()))
          : [...availabilityZones],
      natGateways,
      natGatewayProvider: NatProvider.gateway({
        eipAllocationIds: addresses.map(({ attrAllocationId }) => attrAllocationId),
      }),
      subnetConfiguration: [
        // Only the gateways are in this subnet.
        { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 28, mapPublicIpOnLaunch: false },
        // Enough addresses for every concurrent instance of the functions.
        { name: 'Functions', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
      ],
      // Nothing uses the default security group, and the CDK would add a custom resource to empty it.
      restrictDefaultSecurityGroup: false,
      // A NAT gateway bills each gigabyte, these nothing.
      gatewayEndpoints: {
        Table: { service: GatewayVpcEndpointAwsService.DYNAMODB },
        Bodies: { service: GatewayVpcEndpointAwsService.S3 },
      },
    }) as IVpc;
    acknowledge(this.#vpc, {
      'AwsSolutions-VPC7': 'Only functions run in the network, and they log each request that they send.',
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

  admit(fn: LambdaFunction): void {
    allowAttaching(fn);
  }
}

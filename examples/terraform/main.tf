# Ancrage from a released template, without the CDK and without a bootstrap. docs/deploying.md ("With Terraform").

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0, < 7.0"
    }
  }
}

provider "aws" {
  region = var.region
}

resource "aws_cloudformation_stack" "ancrage" {
  name         = "Ancrage-${var.stage}"
  template_url = "https://${var.bucket_prefix}-${var.region}.s3.${var.region}.amazonaws.com/${var.release}/${var.stage}.template.json"

  # The template has roles, and CloudFormation names them.
  capabilities = ["CAPABILITY_IAM"]

  # Of the creation. An update that fails is always rolled back.
  on_failure         = "ROLLBACK"
  timeout_in_minutes = 60

  tags = var.tags

  # A distribution of CloudFront takes minutes, a canary as long as its steps.
  timeouts {
    create = "70m"
    update = "120m"
    delete = "70m"
  }
}

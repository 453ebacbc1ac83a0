variable "region" {
  description = "Region of the stack; the release must be in a bucket there"
  type        = string
}

variable "release" {
  description = "Version of Ancrage, such as 0.2.0; another one is an upgrade or a rollback (docs/upgrading.md)"
  type        = string
}

variable "bucket_prefix" {
  description = "Buckets of the releases are called PREFIX-REGION"
  type        = string
}

variable "stage" {
  description = "Stage of the release: dev, or prod, which keeps its data when the stack is deleted"
  type        = string
  default     = "prod"

  validation {
    condition     = contains(["dev", "prod"], var.stage)
    error_message = "A release has templates of dev and prod."
  }
}

variable "tags" {
  description = "Tags of the stack and of all its resources"
  type        = map(string)
  default     = {}
}

output "api_url" {
  description = "Base URL of the API"
  value       = aws_cloudformation_stack.ancrage.outputs["ApiUrl"]
}

output "console_url" {
  description = "URL of the web console; the same host serves the API"
  value       = aws_cloudformation_stack.ancrage.outputs["ConsoleUrl"]
}

output "events_queue_url" {
  description = "Queue that publishers send events to"
  value       = aws_cloudformation_stack.ancrage.outputs["EventsQueueUrl"]
}

# For npm run admin and npm run smoke: terraform output -json cdk_outputs > cdk-outputs.json
output "cdk_outputs" {
  description = "All outputs, in the form of cdk deploy --outputs-file"
  value       = { (aws_cloudformation_stack.ancrage.name) = aws_cloudformation_stack.ancrage.outputs }
}

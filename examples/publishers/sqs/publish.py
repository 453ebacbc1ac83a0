"""Publish an event through the events queue.

    pip install boto3
    EVENTS_QUEUE_URL=… PROJECT=erp python3 publish.py invoice.paid '{"id": "inv_1", "total": 120.50}'

The queue's URL is the output EventsQueueUrl of the stack. The caller needs sqs:SendMessage on it.
"""

import json
import os
import sys
import uuid

import boto3


def publish(event_type: str, data: str) -> str:
    """Send an event, and return its id. Sending it again with the same id is safe: it is delivered once."""
    event_id = os.environ.get("EVENT_ID") or str(uuid.uuid4())
    json.loads(data)
    envelope = json.dumps({"project": os.environ["PROJECT"], "type": event_type, "id": event_id})
    # The data as it was written, so that 120.50 stays 120.50.
    body = f'{envelope[:-1]}, "data": {data}}}'
    boto3.client("sqs").send_message(QueueUrl=os.environ["EVENTS_QUEUE_URL"], MessageBody=body)
    return event_id


if __name__ == "__main__":
    print(publish(sys.argv[1], sys.argv[2]))

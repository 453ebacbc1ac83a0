"""A round with the client that openapi-python-client makes: API URL, key, project, hook URL and event id in, JSON out."""

import json
import sys
import time

from ancrage_client import AuthenticatedClient
from ancrage_client.api.event_types import put_event_type
from ancrage_client.api.events import list_attempts_of_event, publish_events
from ancrage_client.api.subscriptions import create_subscription
from ancrage_client.models.accepted_event import AcceptedEvent
from ancrage_client.models.attempt_page import AttemptPage
from ancrage_client.models.data_object_schema import DataObjectSchema
from ancrage_client.models.event_type_settings import EventTypeSettings
from ancrage_client.models.new_event import NewEvent
from ancrage_client.models.new_event_data import NewEventData
from ancrage_client.models.new_subscription import NewSubscription
from ancrage_client.models.problem import Problem
from ancrage_client.models.rate_limit import RateLimit
from ancrage_client.models.retry_schedule import RetrySchedule

url, key, project, hook, event_id = sys.argv[1:]
client = AuthenticatedClient(base_url=url, token=key)

schema = DataObjectSchema.from_dict({"type": "object", "required": ["total"]})
event_type = put_event_type.sync(
    project, "invoice.paid", client=client, body=EventTypeSettings(description="Paid", schema=schema)
)

wanted = NewSubscription(url=hook, events=["invoice.paid"], retry=RetrySchedule.NONE, rate_limit=RateLimit(per_second=100))
subscription = create_subscription.sync(project, client=client, body=wanted)


def event(data):
    return NewEvent(type_="invoice.paid", id=event_id, data=NewEventData.from_dict(data))


accepted = publish_events.sync(project, client=client, body=event({"total": 120.5}))
assert isinstance(accepted, AcceptedEvent), accepted

problem = publish_events.sync(project, client=client, body=event({}))
assert isinstance(problem, Problem), problem

attempts = []
while not attempts:
    time.sleep(0.1)
    page = list_attempts_of_event.sync(project, event_id, client=client)
    # Until the event is stored, it is not found.
    attempts = page.data if isinstance(page, AttemptPage) else []

[attempt] = attempts
json.dump(
    {
        "eventType": event_type.type_,
        "subscription": subscription.id,
        "retry": subscription.retry.value,
        "mode": subscription.health.mode.value,
        "accepted": accepted.id,
        "problem": {"status": problem.status, "paths": [error.path for error in problem.errors]},
        "attempt": {
            "subscription": attempt.subscription_id,
            "outcome": attempt.outcome.value,
            "status": attempt.response.status,
            "error": attempt.error,
        },
    },
    sys.stdout,
)

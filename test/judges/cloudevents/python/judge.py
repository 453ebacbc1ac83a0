"""The CloudEvents SDK for Python. See `test/judges/cloudevents.test.ts` for what it reads and prints."""

import base64
import json
import sys
import urllib.request
from datetime import datetime

from cloudevents.core.bindings.http import (
    HTTPMessage,
    from_http_event,
    to_binary_event,
    to_structured_event,
)
from cloudevents.core.v1.event import CloudEvent
from dateutil.parser import isoparse


def publish(url, key, path):
    for sample in load(path):
        is_binary = sample["mode"] == "binary"
        attributes = sample["attributes"]
        event = CloudEvent(
            {**attributes, "time": isoparse(attributes["time"])},
            data_of(sample, is_binary),
        )
        message = to_binary_event(event) if is_binary else to_structured_event(event)
        headers = {**message.headers, "authorization": f"Bearer {key}"}
        # For a body, urllib adds a content type; for none, it would use GET.
        body = message.body or None
        request = urllib.request.Request(url, body, headers, method="POST")
        urllib.request.urlopen(request).close()


def data_of(sample, is_binary):
    kind, data = sample["kind"], sample["data"]
    if kind == "bytes":
        return base64.b64decode(data)
    if kind != "json":
        return data
    value = json.loads(data)
    # In binary mode the SDK serialises objects only: a list would be sent as Python prints it.
    is_sent = isinstance(value, dict) or not is_binary
    return value if is_sent else data.encode()


def read(path):
    print(json.dumps([understood(request) for request in load(path)]))


def understood(request):
    message = HTTPMessage(request["headers"], request["body"].encode())
    event = from_http_event(message)
    return {
        "attributes": {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in event.get_attributes().items()
        },
        "data": encoded(event.get_data(), event.get_datacontenttype()),
    }


def encoded(data, content_type):
    if data is None:
        return None
    if content_type is not None and "json" in content_type:
        data = json.dumps(data)
    return base64.b64encode(data if isinstance(data, bytes) else data.encode()).decode()


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


{"publish": publish, "read": read}[sys.argv[1]](*sys.argv[2:])

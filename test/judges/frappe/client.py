"""Drives an API with Frappe's Python client, and prints what each call returned or raised, as JSON."""

import json
import sys

from frappeclient import FrappeClient
from frappeclient.frappeclient import AuthError, FrappeException

api_url, key_id, key_secret, hook_url = sys.argv[1:]
client = FrappeClient(api_url, api_key=key_id, api_secret=key_secret)


def outcome(call):
    try:
        return {"returned": call()}
    except FrappeException as error:
        return {"raised": json.loads(error.args[0])[-1]}
    except AuthError:
        return {"raised": "AuthError"}


def webhook(name, **fields):
    document = {"doctype": "Webhook", "name": name, "webhook_doctype": "Task", "webhook_docevent": "on_update"}
    return {**document, "request_url": hook_url, **fields}


def fields_of(document, *names):
    return {name: document.get(name) for name in names}


def stale_update():
    document = client.get_doc("Webhook", "first")
    client.set_value("Webhook", "first", "timeout", 9)
    return client.update(document)


def as_anybody(call):
    return outcome(lambda: call(FrappeClient(api_url)))


DOCTYPE = "Webhook"
ORDER = "name asc"
results = {
    "get_api": outcome(lambda: client.get_api("frappe.auth.get_logged_user")),
    "insert": outcome(lambda: fields_of(client.insert(webhook("first", timeout=3)), "name", "timeout")),
    # Its own insert_many calls Frappe's server library, which it does not import.
    "insert_many": outcome(
        lambda: client.post_request(
            {"cmd": "frappe.client.insert_many", "docs": [webhook("second"), webhook("third")]}
        )
    ),
    "get_list": outcome(
        lambda: client.get_list(DOCTYPE, fields=["name", "timeout"], filters={"timeout": 3}, order_by=ORDER)
    ),
    "get_list_page": outcome(
        lambda: client.get_list(DOCTYPE, fields=["name"], limit_start=1, limit_page_length=1, order_by=ORDER)
    ),
    "get_doc": outcome(lambda: fields_of(client.get_doc(DOCTYPE, "first"), "name", "enabled")),
    "get_doc_by_filters": outcome(lambda: client.get_doc(DOCTYPE, filters={"timeout": 3}, fields=["name"])),
    "get_doc_of_nothing": outcome(lambda: client.get_doc(DOCTYPE, "nothing")),
    "get_value": outcome(lambda: client.get_value(DOCTYPE, "timeout", {"name": "first"})),
    "get_value_of_any": outcome(lambda: client.get_value(DOCTYPE)),
    "set_value": outcome(lambda: fields_of(client.set_value(DOCTYPE, "first", "timeout", 4), "timeout")),
    "update": outcome(
        lambda: fields_of(client.update({"doctype": DOCTYPE, "name": "first", "enabled": 0}), "enabled", "timeout")
    ),
    "update_of_stale": outcome(stale_update),
    "bulk_update": outcome(lambda: client.bulk_update([{"doctype": DOCTYPE, "docname": "first", "timeout": 6}])),
    "post_api": outcome(
        lambda: client.post_api("frappe.client.set_value", {"doctype": DOCTYPE, "name": "first", "fieldname": "timeout", "value": 7})["timeout"]
    ),
    "get_count": outcome(lambda: client.get_api("frappe.client.get_count", {"doctype": DOCTYPE})),
    "rename_doc": outcome(lambda: client.rename_doc(DOCTYPE, "third", "renamed")),
    "get_log": outcome(lambda: client.get_list("Webhook Request Log", fields=["name"])),
    "delete": outcome(lambda: client.delete(DOCTYPE, "second")),
    "names": outcome(lambda: [row["name"] for row in client.get_list(DOCTYPE, order_by=ORDER)]),
    # What is no success must not look like one.
    "delete_again": outcome(lambda: client.delete(DOCTYPE, "second")),
    "delete_of_log": outcome(lambda: client.delete("Webhook Request Log", "x")),
    "update_of_nothing": outcome(lambda: client.update({"doctype": DOCTYPE, "name": "nothing", "enabled": 0})),
    "set_value_of_nothing": outcome(lambda: client.set_value(DOCTYPE, "nothing", "enabled", 0)),
    "set_unknown_field": outcome(lambda: client.set_value(DOCTYPE, "first", "enable", 0)),
    "rename_of_nothing": outcome(lambda: client.rename_doc(DOCTYPE, "nothing", "something")),
    "insert_of_known": outcome(lambda: client.insert(webhook("first"))),
    "insert_of_invalid": outcome(lambda: client.insert(webhook("invalid", condition="doc.__class__"))),
    "insert_of_unknown": outcome(lambda: client.insert({"doctype": "ToDo"})),
    "get_list_of_unknown": outcome(lambda: client.get_list("ToDo")),
    "submit": outcome(lambda: client.submit({"doctype": DOCTYPE, "name": "first"})),
    "cancel": outcome(lambda: client.cancel(DOCTYPE, "first")),
    "get_unknown": outcome(lambda: client.get_api("frappe.client.nothing")),
    "post_unknown": outcome(lambda: client.post_api("frappe.desk.form.save.savedocs")),
    "login": outcome(lambda: FrappeClient(api_url, "jane@example.com", "password")),
    "anybody_lists": as_anybody(lambda anybody: anybody.get_list(DOCTYPE)),
    "anybody_deletes": as_anybody(lambda anybody: anybody.delete(DOCTYPE, "first")),
    "anybody_reads": as_anybody(lambda anybody: anybody.get_doc(DOCTYPE, "first")),
    "left": outcome(lambda: client.get_api("frappe.client.get_count", {"doctype": DOCTYPE})),
}
with client:
    pass  # The client logs out at the end, which a key does not mind.
results["after_logout"] = outcome(lambda: client.get_api("frappe.auth.get_logged_user"))
print(json.dumps(results))

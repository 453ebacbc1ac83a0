"""A check in place of Schemathesis' own `positive_data_acceptance`, which knows no rules but those of the schemas."""

import schemathesis
from schemathesis.generation import GenerationMode

# Rules that no schema can express, by what the API says when one is broken.
RULES = (
    # The names of rows, and of things that exist.
    "has a duplicate key",
    "is not a subscription of this project",
    "is the id of a subscription that does not match",
    "is the id of a disabled subscription",
    "is not an event of this project",
    "is the id of an event whose data was erased",
    "is the id of a suppressed event",
    "is not an event type of this project",
    # White space around a header's value.
    "receivers drop white space around it",
    # The values of a CloudEvent's attributes, whatever their names are.
    "contains control characters",
    # Names that JavaScript reserves, at any depth.
    "is not an allowed name",
    # What a host and a port may be.
    "has a host or a port that there cannot be",
    # The order of two values.
    "is before since",
    # A secret suits its signature.
    "is not 1 to 1024 characters",
    'is not "whsec_"',
    # The body depends on the parameter `c`.
    "is required",
    # Frappe's methods have names, and arguments that depend on these.
    "Failed to get method for command ",
    'The argument "',
    # Languages: JSON Schema, Jinja and Python.
    "is not a valid condition: ",
    "is not a valid template: ",
    "is not one or more of null, boolean,",
)


@schemathesis.check
def what_the_schema_accepts_is_accepted(ctx, response, case):
    """A request that fits the schemas is refused only for a rule that no schema can express."""
    mode = case.meta.generation.mode if case.meta is not None else None
    if mode is not GenerationMode.POSITIVE or response.status_code not in (400, 415, 417, 422):
        return
    body = response.json()
    messages = [error["message"] for error in body.get("errors", [])] or [body.get("detail") or body.get("exception") or ""]
    unknown = [message for message in messages if not any(rule in message for rule in RULES)]
    assert not unknown, f"Refused although it fits the schemas: {unknown}"

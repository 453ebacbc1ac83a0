"""Print the actions that CloudFormation needs for resource types, as its registry says in the schemas that cfn-lint has.

Arguments: names of types. Prints a JSON object: type -> sorted actions of all handlers but the one that lists.
"""

import json
import sys
from pathlib import Path

import cfnlint

schemas = Path(cfnlint.__file__).parent / "data/schemas/resources"
actions = {name: set() for name in sys.argv[1:]}
for path in schemas.glob("*.json"):
    schema = json.loads(path.read_text())
    if schema.get("typeName") in actions:
        for handler, needs in schema.get("handlers", {}).items():
            if handler != "list":
                actions[schema["typeName"]].update(needs.get("permissions", []))
json.dump({name: sorted(found) for name, found in sorted(actions.items())}, sys.stdout)

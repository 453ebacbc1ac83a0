"""Parse Terraform's files with python-hcl2. Arguments: their paths. Prints one JSON object: path -> content."""

import json
import sys

import hcl2

contents = {}
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        contents[path] = hcl2.load(file)
json.dump(contents, sys.stdout)

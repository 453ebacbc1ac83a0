"""Answer rows `{kind, doc, src}` as Frappe does: templates with Jinja's sandbox, conditions with RestrictedPython.

Read `{docs, rows}` from the first file, and write the answers to the second: `ok`, or `fails` with the reason.
"""

import ast
import json
import os
import sys
import time
import unicodedata
import warnings

from jinja2 import DebugUndefined
from jinja2.sandbox import SandboxedEnvironment
from RestrictedPython import RestrictingNodeTransformer, compile_restricted
from RestrictedPython.Guards import guarded_iter_unpack_sequence, guarded_unpack_sequence
from site_functions import UTILS, Record, as_json, cint, cstr, flt, get_url, global_date_format, scrub

FRAPPE = Record(
    utils=UTILS,
    session=Record(user="Administrator", csrf_token=""),
    user="Administrator",
    full_name="Administrator",
    lang="en",
    date_format="yyyy-mm-dd",
    time_format="HH:mm:ss",
    format=lambda value, *args, **named: cstr(value),
    format_value=lambda value, *args, **named: cstr(value),
    format_date=global_date_format,
    bold=lambda text: f"<strong>{text}</strong>",
    get_url=get_url,
    _=lambda msg, lang=None, context=None: msg,
    as_json=as_json,
)
BUILTINS = (
    abs, all, any, bool, dict, enumerate, isinstance, issubclass, list, max, min, range, set, sorted, sum, tuple
)  # fmt: skip

environment = SandboxedEnvironment(undefined=DebugUndefined)
environment.globals.update(
    {function.__name__: function for function in BUILTINS},
    frappe=FRAPPE,
    json=Record(loads=json.loads, dumps=json.dumps),
    as_json=as_json,
    _dict=Record,
    _=FRAPPE["_"],
    scrub=scrub,
)
environment.filters.update(json=as_json, len=len, int=cint, str=cstr, flt=flt, global_date_format=global_date_format)


class Policy(RestrictingNodeTransformer):
    """Allows f-strings."""

    def visit_JoinedStr(self, node):
        return self.node_contents_visit(node)

    visit_FormattedValue = visit_JoinedStr


def get_attribute(value, name, default=None):
    if isinstance(name, str) and name.startswith("_"):
        raise SyntaxError(f"{name} begins with an underscore")
    return getattr(value, name)


def holds(source, doc):
    source = unicodedata.normalize("NFKC", source)
    for node in ast.walk(ast.parse(source, mode="eval")):
        if isinstance(node, ast.NamedExpr):
            raise SyntaxError("Operation not allowed")
    names = {
        "__builtins__": {},
        "int": int,
        "float": float,
        "long": int,
        "round": round,
        "_getattr_": get_attribute,
        "_getitem_": lambda value, key: value[key],
        "_getiter_": iter,
        "_iter_unpack_sequence_": guarded_iter_unpack_sequence,
        "_unpack_sequence_": guarded_unpack_sequence,
        "_write_": lambda value: value,
    }
    code = compile_restricted(source, filename="<condition>", policy=Policy, mode="eval")
    return bool(eval(code, names, {"doc": doc, "utils": UTILS}))


def rendered(source, doc):
    if ".__" in source:
        raise ValueError("Illegal template")
    return environment.from_string(source).render({"doc": doc, "utils": UTILS}) if source else ""


def answer(kind, source, doc):
    if kind == "cond":
        return holds(source, doc)
    text = rendered(source, doc)
    return json.dumps(json.loads(text)) if kind == "json" else text


def answer_of(row, docs):
    doc = json.loads(docs[row["doc"]], object_hook=Record)
    try:
        return {"ok": answer(row["kind"], row["src"], doc)}
    except Exception as error:
        return {"fails": f"{type(error).__name__}: {error}"[:200]}


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    time.tzset()
    warnings.simplefilter("ignore")
    _, questions, answers = sys.argv
    with open(questions, encoding="utf-8") as file:
        corpus = json.load(file)
    with open(answers, "w", encoding="utf-8") as file:
        json.dump([answer_of(row, corpus["docs"]) for row in corpus["rows"]], file)

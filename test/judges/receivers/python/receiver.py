"""A hook URL on Python's own server: `receiver.py PORT PROTOCOL`, with the secrets of its paths as JSON in SECRETS."""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRETS = json.loads(os.environ["SECRETS"])
TOLERANCE_SECONDS = 300


def is_genuine(secret, headers, body):
    timestamp = headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    given = headers["webhook-signature"].split()
    return any(hmac.compare_digest(each, f"v1,{expected}") for each in given)


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if not is_genuine(SECRETS[self.path], self.headers, body):
            self.answer(401, {}, "The signature is wrong.")
            return
        match self.path:
            case "/gone":
                self.answer(410, {}, "")
            case "/later":
                self.answer(429, {"Retry-After": "3600"}, "Later, please.")
            case "/moved":
                self.answer(302, {"Location": "/elsewhere"}, "")
            case _:
                total = json.loads(body)["data"]["total"]
                self.answer(200, {"X-Total": str(total)}, "Merci, reçu ✓")

    def answer(self, status, headers, text):
        body = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        # HTTP/1.0 ends with the connection.
        if self.protocol_version == "HTTP/1.1":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


Hook.protocol_version = sys.argv[2]
ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Hook).serve_forever()

"""A receiver for Python without dependencies: it verifies the signature and drops duplicates.

    WEBHOOK_SECRET=whsec_… python3 receiver.py

The PyPI package `standardwebhooks` verifies in one line; this shows what it does.
"""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ.get("WEBHOOK_SECRET", "")
if not SECRET:
    sys.exit("Set WEBHOOK_SECRET to the secret of the subscription.")
KEY = base64.b64decode(SECRET.removeprefix("whsec_"))
# A request that is older may be a recorded one that somebody sends again.
TOLERANCE_SECONDS = 300


def database() -> sqlite3.Connection:
    connection = sqlite3.connect(os.environ.get("DATABASE", "receiver.db"))
    connection.execute("CREATE TABLE IF NOT EXISTS handled (id TEXT PRIMARY KEY)")
    return connection


def is_signed(headers, body: bytes) -> bool:
    """Check a request as https://www.standardwebhooks.com describes. During a rotation of the secret there are two signatures."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest())
    given = headers.get("webhook-signature", "").encode()
    return any(hmac.compare_digest(signature, expected) for signature in given.split(b" "))


def handle(connection: sqlite3.Connection, event: dict) -> None:
    """What your service does with an event, in the transaction that notes its id. If it raises, the delivery is retried."""
    print(event["type"], json.dumps(event["data"]), flush=True)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not is_signed(self.headers, body):
            return self.answer(401, "wrong signature")
        connection = database()
        try:
            with connection:
                connection.execute("INSERT INTO handled VALUES (?)", (self.headers["webhook-id"],))
                handle(connection, json.loads(body))
        except sqlite3.IntegrityError:
            return self.answer(200, "duplicate")
        except Exception as error:
            print(repr(error), file=sys.stderr, flush=True)
            return self.answer(500, "not handled")
        finally:
            connection.close()
        self.answer(204, "")

    def answer(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_) -> None:
        """Print events only."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "4000"))), Receiver)
    print(f"Listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()

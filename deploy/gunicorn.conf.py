"""Gunicorn behind nginx on the same machine: `gunicorn -c deploy/gunicorn.conf.py portal.wsgi`.

The limits are a little wider than those of deploy/nginx.conf, which refuses first.
"""

import multiprocessing
import os

from gunicorn.glogging import Logger
from gunicorn.http import wsgi

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "0")) or min(multiprocessing.cpu_count() + 1, 8)
threads = 4

timeout = 60  # a worker that says nothing for so long is replaced
graceful_timeout = 30
keepalive = 5
max_requests = 5_000  # then a worker is replaced, so that no leak lasts
max_requests_jitter = 500

limit_request_line = 8_190
limit_request_fields = 64
limit_request_field_size = 8_190

# Django alone decides what X-Forwarded-* headers are worth (TRUSTED_PROXIES).
secure_scheme_headers = {}
forwarder_headers = ""
header_map = "refuse"  # a name with an underscore passes for one with a hyphen
control_socket_disable = True

accesslog = "-"
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'  # no query strings, no addresses of readers


class AccessLogger(Logger):
    """Names each path as it was asked, percent-encoded: decoded, it could bring line breaks and write lines of its own."""

    def atoms(self, resp, req, environ, request_time):
        path = environ["RAW_URI"].partition("?")[0].encode("unicode_escape").decode()
        return super().atoms(resp, req, environ, request_time) | {"U": path}


logger_class = AccessLogger


class ResponseWithoutMark(wsgi.Response):
    """An answer that does not say by what it was served."""

    def default_headers(self):
        return [line for line in super().default_headers() if not line.startswith("Server:")]


wsgi.Response = ResponseWithoutMark

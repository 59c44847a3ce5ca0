"""Gunicorn, with two workers for each core, as it recommends, of the kind that keeps connections open.

PEER_MODULE is the application.
"""

import importlib
import multiprocessing
import os

bind = "127.0.0.1:0"
worker_class = "gthread"
threads = 4
workers = multiprocessing.cpu_count() * 2


def on_starting(server):
    importlib.import_module(os.environ["PEER_MODULE"]).prepare()


def when_ready(server):
    host, port = server.LISTENERS[0].sock.getsockname()
    print(f"READY http://{host}:{port}", flush=True)

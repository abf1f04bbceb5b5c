"""How the web server runs: in `make run` and in the container alike."""

import os

from asp_tracker.logs import logging_config

bind = f"{os.environ.get('WEB_HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 60
# A search may be long, and a paragraph pasted into the address longer; this is the most there is.
limit_request_line = 8190
# Otherwise a socket is made in the home folder, which a container may not write to.
control_socket_disable = True
access_log_format = '%(h)s "%(r)s" %(s)s %(b)s %(M)sms'
logconfig_dict = logging_config(os.environ.get("LOG_LEVEL", "INFO"))
# Gunicorn would add handlers of its own, with another form.
logconfig_dict["loggers"] |= {f"gunicorn.{name}": {"handlers": [], "propagate": True} for name in ("access", "error")}

"""The way back to the queue from which somebody came to a page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def queue_come_from(request: HttpRequest) -> str:
    """Give the address in a queue from which a link led here; empty where none did.

    Args:
        request: whose address names it as ``queue``; what is no address of a queue of this site is none.
    """
    address = request.GET.get("queue", "")
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and "\0" not in address
    return address if ours and address.startswith(reverse("mandates:review")) else ""


def with_way_back(request: HttpRequest, address: str) -> str:
    """Give an address that keeps the way back."""
    queue = queue_come_from(request)
    return f"{address}?{urlencode({'queue': queue})}" if queue else address

"""The keyboard shortcuts: the one table that the script, its panel and the page about them read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_QUEUE = ".around"
# What j and k go through on a list; in a queue they go through the queue.
ROWS = "main .row, main .links > li, main tbody tr"
EVERYWHERE, LIST, ONE = _("Everywhere"), _("In a list"), _("In a queue, one after the other")


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A key, or several that do the same, and what it does.

    Attributes:
        keys: as `KeyboardEvent.key` names them; two that follow each other are joined by a blank.
        words: what it does.
        group: where it works.
        does: what the script does there: "click", "focus", "help", "next" or "previous" row, "row" (click in that row).
        at: a CSS selector of what it is done to; where nothing on the page is like that, the key does nothing and is
            not listed.
        unless: a CSS selector of what must not be on the page.
    """

    keys: tuple[str, ...]
    words: str | Promise
    group: str | Promise
    does: str
    at: str
    unless: str = ""


def shortcuts() -> Iterator[Shortcut]:
    """Give all shortcuts, in the order in which they are listed."""

    def decision(*words: str) -> str:
        return ", ".join(f'#decide button[value="{word}"]' for word in words)

    def decision_in_row(word: str) -> str:
        return f':is({ROWS}) button[value^="{word} "]'

    def leads_to(name: str) -> str:
        return f'header a[href="{reverse(name)}"]'

    yield Shortcut(("?",), _("Show these shortcuts"), EVERYWHERE, "help", ".open-shortcuts")
    yield Shortcut(("/",), _("Go to the search box"), EVERYWHERE, "focus", "#find-q")
    yield Shortcut(("g d",), _("Go to the dashboard"), EVERYWHERE, "click", leads_to("mandates:dashboard"))
    yield Shortcut(("g m",), _("Go to the mandates"), EVERYWHERE, "click", leads_to("mandates:list"))
    yield Shortcut(("g r",), _("Go to the resolutions"), EVERYWHERE, "click", leads_to("resolutions:list"))
    yield Shortcut(("g s",), _("Go to what waits for a person"), EVERYWHERE, "click", leads_to("mandates:review"))
    yield Shortcut(("j",), _("Next row; Enter opens it"), LIST, "next", f":is({ROWS}) a[href]", _QUEUE)
    yield Shortcut(("k",), _("Previous row"), LIST, "previous", f":is({ROWS}) a[href]", _QUEUE)
    yield Shortcut(
        ("x",), _("Select the row, or no longer"), LIST, "row", f':is({ROWS}) input[type="checkbox"]', _QUEUE
    )
    yield Shortcut(("c",), _("Confirm what the row says"), LIST, "row", decision_in_row("confirm"), _QUEUE)
    yield Shortcut(("r",), _("Reject what the row says"), LIST, "row", decision_in_row("reject"), _QUEUE)
    yield Shortcut(("d",), _("Dismiss what the row says"), LIST, "row", decision_in_row("dismiss"), _QUEUE)
    yield Shortcut(("j", "n", "s"), _("Next one, without deciding"), ONE, "click", f'{_QUEUE} a[rel="next"]')
    yield Shortcut(("k", "p"), _("Previous one"), ONE, "click", f'{_QUEUE} a[rel="prev"]')
    looked_at = decision("confirm", "review", "check")
    yield Shortcut(("c",), _("Confirm, or say that you looked at it"), ONE, "click", looked_at)
    yield Shortcut(("r",), _("Reject"), ONE, "click", decision("reject"))
    yield Shortcut(("d",), _("Dismiss, or set aside"), ONE, "click", decision("dismiss", "discard"))
    yield Shortcut(("t",), _("Try again"), ONE, "click", decision("again"))
    yield Shortcut(("u",), _("Take the decision back"), ONE, "click", decision("restore"))


def shortcut_table() -> list[dict[str, Any]]:
    """Give the table as the script reads it, in words of the language of the page."""
    return [
        {
            "keys": list(each.keys),
            "words": str(each.words),
            "group": str(each.group),
            "does": each.does,
            "at": each.at,
            "unless": each.unless,
        }
        for each in shortcuts()
    ]

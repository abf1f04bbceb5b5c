"""The table of keyboard shortcuts, for the frame of every page and the page about them."""

from __future__ import annotations

from typing import Any

from django import template

from mandates.shortcuts import ROWS, shortcut_table

register = template.Library()


@register.simple_tag
def keyboard() -> dict[str, Any]:
    """Give the table, and what the rows of a list are."""
    return {"shortcuts": shortcut_table(), "rows": ROWS}

"""What somebody sends to be imported: how much it may be, and the files in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from resolutions.files import FoundFile, find_in_upload

MOST_FILES = 100
MOST_BYTES = 200 * 1024 * 1024
# What a browser puts around the files.
_WRAPPING = 1024 * 1024


def check_length(length: int) -> None:
    """Refuse what is too large before any of it is taken in.

    Args:
        length: bytes that the sender announces.

    Raises:
        ValidationError: it is more than `MOST_BYTES`.
    """
    if length > MOST_BYTES + _WRAPPING:
        raise ValidationError(_too_large(length), code="too_large")


def check_uploads(files: Sequence[UploadedFile]) -> None:
    """Refuse what holds nothing or too much.

    Args:
        files: as they were sent; each file itself is bounded where it is read.

    Raises:
        ValidationError: there is none, there are more than `MOST_FILES`, or they are more than `MOST_BYTES`.
    """
    if not files:
        raise ValidationError(_("Choose at least one file."), code="none")
    if len(files) > MOST_FILES:
        raise ValidationError(
            _("These are %(count)s files; up to %(most)s can be brought at once, and more of them in a ZIP.")
            % {"count": len(files), "most": MOST_FILES},
            code="too_many",
        )
    size = sum(file.size or 0 for file in files)
    if size > MOST_BYTES:
        raise ValidationError(_too_large(size), code="too_large")


def find_in_uploads(files: Sequence[UploadedFile]) -> Iterator[FoundFile]:
    """Give the files that were sent, and those in the ZIPs among them, each read when its turn comes."""
    return chain.from_iterable(find_in_upload(file.name or "file", file) for file in files)


def _too_large(size: int) -> str:
    return _("Together these are %(size)s; up to %(most)s can be brought at once. Bring them in several parts.") % {
        "size": filesizeformat(size),
        "most": filesizeformat(MOST_BYTES),
    }

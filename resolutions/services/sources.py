"""The bytes of imported files: kept once, and let go where nothing came of them."""

from __future__ import annotations

import hashlib

from django.db import transaction

from resolutions.models import ImportRun, SourceFile


def source_file_store(*, name: str, data: bytes, media_type: str) -> SourceFile:
    """Keep the bytes of a file, once however often they come.

    In a transaction the row is locked, so that nobody lets go of it before something refers to it.

    Args:
        name: of the file, as it came first.
        data: its bytes.
        media_type: what they are.

    Returns:
        The row of these bytes.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    values = {"name": name[-255:], "media_type": media_type, "size": len(data), "content": data}
    with transaction.atomic():
        while True:
            source, made = SourceFile.objects.get_or_create(sha256=sha256, defaults=values)
            if made:
                return source
            # `no_key`: rows that refer to it may be written by others meanwhile.
            locked = SourceFile.objects.select_for_update(no_key=True).filter(pk=source.pk).first()
            if locked is not None:
                return locked


def source_file_release(*, source_id: int | None) -> bool:
    """Let go of bytes that no document was read from and no import waits for.

    What failed or was left out may be anything: its run says so, and the bytes go; but where the program failed on a
    file, it can be tried again until somebody sets it aside.

    Args:
        source_id: of the row; None for a run that has no bytes.

    Returns:
        True where they were deleted.
    """
    with transaction.atomic():
        source = SourceFile.objects.select_for_update().filter(pk=source_id).first()
        if source is None or source.documents.exists() or source.issues.exists():
            return False
        if source.runs.filter(ImportRun.NEEDS_BYTES).exists():
            return False
        source.runs.update(source=None)
        source.delete()
        return True

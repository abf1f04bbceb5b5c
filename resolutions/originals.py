"""The bytes of a document as they came, handed out so that no browser takes them for a page of this site."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse

from resolutions.models import SourceFile

# Anything else goes out as bytes: the type is told from the bytes by the reader, and only what it reads is kept.
_KNOWN_TYPES = frozenset(
    {
        "text/plain",
        "text/html",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/zip",
    }
)


def original_response(source: SourceFile) -> FileResponse:
    """Give the bytes of a file as a download.

    Args:
        source: the row; its bytes are fetched here.

    Returns:
        The answer, under the name that the file had when it came first.
    """
    media_type = source.media_type if source.media_type in _KNOWN_TYPES else "application/octet-stream"
    response = FileResponse(
        BytesIO(bytes(source.content)), as_attachment=True, filename=source.name, content_type=media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{source.sha256}"'
    # An old browser that shows a web page in spite of the above runs nothing of it.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

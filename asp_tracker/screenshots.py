"""Pictures of the main pages for the README, from the sample documents: `python -m asp_tracker.screenshots`.

Everything happens in a folder of its own that is gone afterwards. It needs the development packages and a Chromium.
"""

from __future__ import annotations

import os
import shutil
import struct
import sys
import tempfile
import zlib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
WIDTH, HEIGHT = 1280, 860
PAGES = {
    "dashboard": "/",
    "mandates": "/mandates/?session=18",
    "mandate": "/mandates/ICC-ASP/20/Res.2:body:40:requests:0/",
    "resolution": "/resolutions/ICC-ASP/20/Res.2/#s-body-2",
    "figures": "/figures/",
    "search": "/search/?q=%22report+thereon%22",
    "lineages": "/lineages/",
    "compare": "/resolutions/compare/?a=16/17,+annex+I&b=20/Res.2&kind=reworded&kind=moved#difference-9",
}
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def squeeze(png: bytes) -> bytes:
    """Compress a PNG as far as it goes, and leave out what is not the picture."""
    chunks, data, at = [], b"", len(_SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12
        if kind == b"IDAT":
            data += body
        elif kind in (b"IHDR", b"PLTE"):
            chunks.append((kind, body))
    chunks += [(b"IDAT", zlib.compress(zlib.decompress(data), 9)), (b"IEND", b"")]
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def _sample_data() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference_data")
    call_command("import_documents", FOLDER.parent.parent / "corpus")


def _take(address: str) -> None:
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, path in PAGES.items():
            page.goto(address + path, wait_until="networkidle")
            picture = squeeze(page.screenshot())
            (FOLDER / f"{name}.png").write_bytes(picture)
            sys.stdout.write(f"docs/screenshots/{name}.png: {len(picture) // 1024} kB\n")
        browser.close()


def main() -> None:
    """Make the pictures."""
    with tempfile.TemporaryDirectory(prefix="asp-tracker-screenshots-") as folder:
        os.environ |= {
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "DEBUG": "1",
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "asp_tracker.settings",
            # Playwright keeps an event loop in this thread.
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        }
        os.environ.pop("REDIS_URL", None)
        import django

        django.setup()
        from django.contrib.staticfiles.handlers import StaticFilesHandler
        from django.test.testcases import LiveServerThread

        _sample_data()
        server = LiveServerThread("localhost", StaticFilesHandler, connections_override={})
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        try:
            _take(f"http://localhost:{server.port}")
        finally:
            server.terminate()


if __name__ == "__main__":
    main()

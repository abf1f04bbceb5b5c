"""What the program does to documents, one transaction each."""

from resolutions.services.documents import (
    StoredDocument,
    document_lock,
    document_store,
    paragraphs_prune,
    source_file_store,
)
from resolutions.services.runs import import_run_fail, import_run_finish, import_run_stage, import_run_start

__all__ = [
    "StoredDocument",
    "document_lock",
    "document_store",
    "import_run_fail",
    "import_run_finish",
    "import_run_stage",
    "import_run_start",
    "paragraphs_prune",
    "source_file_store",
]

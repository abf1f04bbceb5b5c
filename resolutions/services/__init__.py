"""What the program does to documents, one transaction each."""

from resolutions.services.documents import (
    StoredDocument,
    document_lock,
    document_store,
    paragraphs_prune,
)
from resolutions.services.issues import issue_key, issue_store, issues_mark
from resolutions.services.runs import (
    RunTaken,
    import_run_claim,
    import_run_fail,
    import_run_finish,
    import_run_ready,
    import_run_release,
    import_run_stage,
    import_run_start,
)
from resolutions.services.sources import source_file_release, source_file_store
from resolutions.services.warnings import document_warnings

__all__ = [
    "RunTaken",
    "StoredDocument",
    "document_lock",
    "document_store",
    "document_warnings",
    "import_run_claim",
    "import_run_fail",
    "import_run_finish",
    "import_run_ready",
    "import_run_release",
    "import_run_stage",
    "import_run_start",
    "issue_key",
    "issue_store",
    "issues_mark",
    "paragraphs_prune",
    "source_file_release",
    "source_file_store",
]

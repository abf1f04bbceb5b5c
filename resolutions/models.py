"""Documents, their paragraphs, the sessions they belong to, and the files they came from."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from resolutions.finding.words import index_of
from resolutions.querysets import AssemblySessionQuerySet, KnownDocumentQuerySet


class ReferenceRow(models.Model):
    """A row that is loaded from a file in `reference/` and can be edited in the admin.

    `loaded` holds what the file last gave: a field that still says so may be updated from the file, one that staff
    changed may not (`resolutions.reference_data`).
    """

    source = models.TextField(_("source"), blank=True, help_text=_("Where it is from, and how far that was verified"))
    loaded = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True


class AssemblySession(ReferenceRow):
    """A session of the Assembly; its opening day is when deadlines "at its ... session" fall due.

    Future sessions are listed by their ordinal alone until their dates are known. The Review Conference is listed with
    them, as documents are adopted there and deadlines name it; like a special session, it has no number.
    """

    code = models.CharField(_("code"), max_length=8, unique=True, help_text=_("As in symbols: 20, S-1"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True, unique=True)
    ordinal = models.CharField(_("ordinal"), max_length=40, blank=True)
    name = models.CharField(
        _("name"), max_length=80, blank=True, help_text=_("Where it is not called by its ordinal: Review Conference")
    )
    opening_date = models.DateField(_("opening day"), null=True, blank=True, db_index=True)
    closing_date = models.DateField(_("closing day"), null=True, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = AssemblySessionQuerySet.as_manager()

    class Meta:
        ordering = [F("opening_date").asc(nulls_last=True), "number"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                name="session_closes_after_it_opens",
                condition=Q(closing_date__isnull=True) | Q(opening_date__lte=F("closing_date")),
            ),
            models.CheckConstraint(name="session_has_name", condition=~Q(ordinal="") | ~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.ordinal} session"


class ResumedSession(ReferenceRow):
    """A later sitting of a session; deadlines fall due on the opening of the session itself, not here."""

    session = models.ForeignKey(AssemblySession, models.CASCADE, related_name="resumptions")
    name = models.CharField(_("name"), max_length=80)
    opening_date = models.DateField(_("opening day"), null=True, blank=True)
    closing_date = models.DateField(_("closing day"), null=True, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)

    class Meta:
        ordering = ["opening_date"]
        constraints = [models.UniqueConstraint(fields=["session", "name"], name="resumption_once")]

    def __str__(self) -> str:
        return f"{self.session}, {self.name}"


class SourceFileManager(models.Manager["SourceFile"]):
    """Source files without their bytes."""

    def get_queryset(self) -> models.QuerySet[SourceFile]:
        return super().get_queryset().defer("content")


class SourceFile(models.Model):
    """The bytes of an imported file, kept once, so that everything can be rebuilt from them.

    Queries of it leave `content` out until it is asked for.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SourceFileManager()

    class Meta:
        base_manager_name = "objects"  # so that document.source leaves the bytes out, too

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A resolution or report, known by its symbol."""

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", _("Resolution")
        REPORT = "report", _("Report")

    symbol = models.CharField(_("symbol"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.TextField(_("title"), blank=True)
    session = models.ForeignKey(
        AssemblySession, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("session")
    )
    session_code = models.CharField(
        _("session as printed"), max_length=20, blank=True, help_text=_("Kept where the table has no such session yet")
    )
    adopted = models.DateField(_("adopted on"), null=True, blank=True, db_index=True)
    distributed = models.DateField(_("distributed on"), null=True, blank=True)
    meeting = models.CharField(_("meeting"), max_length=200, blank=True)
    mode = models.CharField(_("mode of adoption"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    headings = models.JSONField(default=list, blank=True, help_text=_("Headings with the key of the paragraph below"))
    header_lines = models.JSONField(default=list, blank=True)
    source = models.ForeignKey(SourceFile, models.PROTECT, null=True, blank=True, related_name="documents")
    corrections = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("Fields of the head that staff corrected; later imports keep them"),
    )
    imported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = [F("adopted").desc(nulls_last=True), "symbol"]
        constraints = [
            models.CheckConstraint(name="document_kind_known", condition=Q(kind__in=["resolution", "report"])),
        ]
        permissions = [("import_document", "Can import documents")]

    def __str__(self) -> str:
        return self.symbol


class DocumentIssue(models.Model):
    """A file in which a document, a new version of it or a correction to it was issued.

    The text of a document follows from its issues alone, whatever the order in which they came
    (`mandates.standing_text`).
    """

    class State(models.TextChoices):
        STANDING = "standing", _("Its text stands")
        APPLIED = "applied", _("Applied to the text")
        SUPERSEDED = "superseded", _("Superseded")
        WAITING = "waiting", _("Waits for the text that it corrects")

    document = models.ForeignKey(Document, models.CASCADE, related_name="issues")
    symbol = models.CharField(_("symbol"), max_length=80)
    revision = models.PositiveSmallIntegerField(default=0)
    corrigendum = models.PositiveSmallIntegerField(default=0)
    reissue = models.PositiveSmallIntegerField(default=0)
    source = models.ForeignKey(SourceFile, models.PROTECT, related_name="issues")
    issued = models.DateField(_("issued on"), null=True, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.STANDING)
    changes = models.PositiveIntegerField(default=0, help_text=_("How many changes of a corrigendum were made"))
    unplaced = models.JSONField(
        default=list, blank=True, help_text=_("What a corrigendum says that could not be done, each with the reason")
    )
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["document", "revision", "corrigendum", "reissue"]
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        constraints = [
            models.UniqueConstraint(fields=["document", "revision", "corrigendum", "reissue"], name="issue_once"),
        ]

    def __str__(self) -> str:
        return self.symbol


class IssueCheck(models.Model):
    """Somebody looked at what a corrigendum says that could not be done. Rows are added and never changed.

    `unplaced` is what stood there then: what the text makes of it later is to be looked at again.
    """

    issue = models.ForeignKey(DocumentIssue, models.CASCADE, related_name="checks")
    unplaced = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["issue", "pk"]

    def __str__(self) -> str:
        return f"{self.issue}: {self.made_at:%Y-%m-%d}"


class ResolutionManager(models.Manager["Resolution"]):
    """Documents that are resolutions."""

    def get_queryset(self) -> models.QuerySet[Resolution]:
        return super().get_queryset().filter(kind=Document.Kind.RESOLUTION)


class Resolution(Document):
    """An adopted document."""

    objects: ClassVar[ResolutionManager] = ResolutionManager()

    class Meta:
        proxy = True


class ReportManager(models.Manager["Report"]):
    """Documents that are reports."""

    def get_queryset(self) -> models.QuerySet[Report]:
        return super().get_queryset().filter(kind=Document.Kind.REPORT)


class Report(Document):
    """A document written for a session."""

    objects: ClassVar[ReportManager] = ReportManager()

    class Meta:
        proxy = True


class SearchIndexField(models.TextField):
    """Fills itself with what a search compares of `text`, whenever a paragraph is saved or created."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Take the words of the text as it is now."""
        index = index_of(model_instance.text)
        setattr(model_instance, self.attname, index)
        return index


class Paragraph(models.Model):
    """One paragraph or lettered sub-paragraph of a document, known by its printed number."""

    class Kind(models.TextChoices):
        PREAMBULAR = "preambular", _("Preambular")
        OPERATIVE = "operative", _("Operative")
        NARRATIVE = "narrative", _("Narrative")
        UNCLASSIFIED = "unclassified", _("Unclassified")

    document = models.ForeignKey(Document, models.CASCADE, related_name="paragraphs")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    key = models.CharField(max_length=200, help_text=_("Part and label: body/25"))
    position = models.PositiveIntegerField()
    part = models.CharField(max_length=100)
    label = models.CharField(max_length=60, blank=True)
    printed = models.CharField(max_length=80, blank=True, help_text=_("Number or letter as printed: 16. or - (a)"))
    kind = models.CharField(max_length=20, choices=Kind)
    heading = models.TextField(blank=True)
    text = models.TextField()
    emphases = models.JSONField(default=list, blank=True)
    footnotes = models.JSONField(default=list, blank=True)
    proposed = models.BooleanField(default=False)
    page = models.PositiveIntegerField(null=True, blank=True)
    in_text = models.BooleanField(
        default=True, help_text=_("False where a later import no longer has it and a decision still refers to it")
    )
    search_index = SearchIndexField(default="", blank=True, editable=False)

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="paragraph_key_once")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.key}"


class KnownDocument(ReferenceRow):
    """A document that is known by its symbol, title and date, whether or not its text was imported.

    What is cited, and what shows that something was done, is most often a document that nobody imported. Once it is,
    `Document` has the same symbol and says more.
    """

    symbol = models.CharField(_("symbol"), max_length=80, unique=True)
    title = models.TextField(_("title"), blank=True)
    session_code = models.CharField(_("session"), max_length=20, blank=True, help_text=_("As in symbols: 20, S-1, RC"))
    date = models.CharField(
        _("date as printed"),
        max_length=20,
        blank=True,
        help_text=_("2021-12-09, or 2021-12 or 2021 where no more is known"),
    )
    first_day = models.DateField(_("first day that the date can mean"), null=True, blank=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=80, blank=True, help_text=_("As listed: report of the Bureau"))
    verification = models.TextField(_("how far verified"), blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = KnownDocumentQuerySet.as_manager()

    class Meta:
        ordering = [F("first_day").desc(nulls_last=True), "symbol"]
        verbose_name = _("known document")
        verbose_name_plural = _("known documents")

    def __str__(self) -> str:
        return self.symbol


class ImportBatch(models.Model):
    """Files that somebody brought together, on one page."""

    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{_('Import')} {self.pk}"


class ImportRun(models.Model):
    """One attempt to import one file: what came of it, and why.

    A file of a batch is read by a worker (running), looked at by a person (ready), and stored by a worker (storing).
    `heartbeat_at` tells when a worker last worked on it; where it is None, the run waits for one since `queued_at`.
    """

    class Status(models.TextChoices):
        RUNNING = "running", _("Being read")
        READY = "ready", _("To look at")
        STORING = "storing", _("Being stored")
        DISCARDED = "discarded", _("Left out")
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        UNCHANGED = "unchanged", _("Unchanged")
        FAILED = "failed", _("Failed")

    # What a worker has still to do, or is doing.
    AT_WORK = (Status.RUNNING, Status.STORING)
    # How an import fails where that is the fault of the program, not of the file.
    OWN_FAULT = "internal_error"
    # What may still need the bytes.
    NEEDS_BYTES = Q(status__in=[*AT_WORK, Status.READY]) | Q(status=Status.FAILED, error_code=OWN_FAULT)

    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, null=True, blank=True, related_name="runs")
    status = models.CharField(max_length=20, choices=Status, default=Status.RUNNING, db_index=True)
    stage = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey(SourceFile, models.SET_NULL, null=True, blank=True, related_name="runs")
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="runs")
    symbol = models.CharField(_("symbol as read"), max_length=80, blank=True)
    corrections = models.JSONField(
        null=True, blank=True, help_text=_("What staff corrected before storing; empty where nobody said anything")
    )
    counts = models.JSONField(default=dict, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    furniture = models.JSONField(default=list, blank=True, help_text=_("Page headers and the like that were taken out"))
    timings = models.JSONField(default=dict, blank=True, help_text=_("Seconds a stage"))
    error_code = models.CharField(max_length=40, blank=True)
    error = models.TextField(blank=True)
    left_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who left it out, or set it aside after it failed"),
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0, help_text=_("How often a worker began the present step"))
    queued_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="failed_import_says_why", condition=~Q(status="failed") | ~Q(error="")),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.status}"

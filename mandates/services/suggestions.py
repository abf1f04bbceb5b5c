"""Keeps the suggestions: which mandates are answered, as it seems, by what documents say was done.

They are the same in whatever order documents arrive: what a document says is kept with it
(`mandates.services.answers`), so one that is stored is looked at both ways. Nothing here changes what a person decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from mandates.lineage.answer_matching import answers
from mandates.lineage.answers import Answer
from mandates.lineage.records import AskedMandate
from mandates.lineage.reports import asked_report
from mandates.models import Body, DocumentAnswer, Mandate, ReportingDeadline, Suggestion
from mandates.querysets import MandateQuerySet
from mandates.services.answers import as_answer, register_answers_store
from mandates.services.asked import asked_mandates
from mandates.services.evidence import evidence_date, evidence_days, said_on, title_of
from resolutions.models import AssemblySession, Document, KnownDocument

# By first citation of the parallel set, reason and source: what a suggestion is known by.
Key = tuple[int, str, str]
_FOUND = [
    "mandate_id", "paragraph_id", "start", "end", "quotation", "sentence", "evidence_symbol", "evidence_date",
    "said_on", "occurrence_id",
]  # fmt: skip
_AT_ONCE = 500
_LONGEST_SOURCE = 255


def suggestions_refresh(*, document: Document, also: Collection[int] = ()) -> None:
    """Hold a document that was stored against the others: what it says was done, and what is said of what it asks.

    Args:
        document: whose mandates, links and answers (`answers_store`) are up to date, in the transaction that did it.
        also: ids of further mandates, whose parallel sets changed with it.
    """
    own = Mandate.objects.filter(Q(document=document) | Q(pk__in=also))
    tasks = set(own.values_list("task", flat=True))
    said = _said(DocumentAnswer.objects.filter(document=document))
    found = _matches(_mandates(Mandate.objects.filter(task__in=tasks)), None)
    found |= _matches(None, said)
    by_it = Q(source=document.symbol) | Q(source__startswith=f"{document.symbol} ")
    _store(found, Suggestion.objects.filter(Q(mandate__task__in=tasks) | by_it))
    _redate(Suggestion.objects.filter(evidence_symbol=document.symbol))


def suggestions_regroup(*, mandates: Collection[int]) -> None:
    """Find the suggestions of mandates anew whose parallel sets changed, as each holds for the set.

    Args:
        mandates: ids.
    """
    tasks = set(Mandate.objects.filter(pk__in=mandates).values_list("task", flat=True))
    found = _matches(_mandates(Mandate.objects.filter(task__in=tasks)), None)
    _store(found, Suggestion.objects.filter(mandate__task__in=tasks))


@transaction.atomic
def register_suggest(*, symbols: Collection[str]) -> None:
    """Hold documents of the register against the mandates, after their entries changed.

    Args:
        symbols: of the documents.
    """
    register_answers_store(symbols=symbols)
    said = _said(DocumentAnswer.objects.filter(document=None, symbol__in=symbols))
    _store(_matches(None, said), Suggestion.objects.filter(source__in=symbols))
    _redate(Suggestion.objects.filter(evidence_symbol__in=symbols))


@transaction.atomic
def suggestions_rebuild() -> int:
    """Find all suggestions anew, for example after the register or the sessions changed; what people decided stays.

    Returns:
        The number of suggestions that are found now.
    """
    register_answers_store()
    found = _matches(_mandates(Mandate.objects.all()), _said(DocumentAnswer.objects.all()))
    _store(found, Suggestion.objects.all())
    return len(found)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a document says, with the words that say it."""

    row: DocumentAnswer
    answer: Answer

    @property
    def source(self) -> str:
        key = self.answer.paragraph_key
        return (f"{self.row.symbol} {key}" if key else self.row.symbol)[:_LONGEST_SOURCE]


@dataclass(frozen=True, slots=True)
class _Match:
    """That what a document says answers a mandate, and why."""

    said: _Said
    asked: AskedMandate
    sentence: str
    occurrence: int | None


@dataclass(slots=True)
class _Mandates:
    """Mandates with what answers are held against, to be looked up by what an answer names."""

    asked: dict[int, AskedMandate]
    rows: dict[int, Mandate]
    due: dict[int, set[int]]
    by_symbol: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_session: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    recurring: list[int] = field(default_factory=list)
    by_due: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_next: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for pk, asked in self.asked.items():
            self.by_symbol[asked.symbol].append(pk)
            self.by_session[asked.session].append(pk)
            if asked_report(asked.action) is None:
                continue
            if self.rows[pk].recurring:
                self.recurring.append(pk)
            elif self.due[pk]:
                for session in self.due[pk]:
                    self.by_due[session].append(pk)
            elif asked.session.isdigit():
                self.by_next[int(asked.session) + 1].append(pk)

    def candidates(self, answer: Answer) -> Iterable[int]:
        """Give those that an answer may be meant for, as `answers` has it, without looking at the words."""
        if answer.cited_symbol:
            return self.by_symbol.get(answer.cited_symbol, ())
        if answer.asked_at is not None:
            return self.by_session.get(str(answer.asked_at), ())
        if answer.session is None:
            return ()
        due, following = self.by_due.get(answer.session, []), self.by_next.get(answer.session, [])
        return [*self.recurring, *due, *following]


def _said(rows: Any) -> list[_Said]:
    return [_Said(row, as_answer(row)) for row in rows.select_related("paragraph", "document__session")]


def _mandates(queryset: MandateQuerySet) -> _Mandates:
    adopted = queryset.filter(proposed=False)
    asked = asked_mandates(adopted)
    rows = {row.pk: row for row in adopted.select_related("document") if row.pk in asked}
    due: dict[int, set[int]] = defaultdict(set)
    named = ReportingDeadline.objects.filter(mandate__in=adopted, session_number__isnull=False)
    for mandate, number in named.values_list("mandate", "session_number"):
        due[mandate].add(int(number or 0))
    return _Mandates(asked, rows, due)


def _matches(mandates: _Mandates | None, said: list[_Said] | None) -> dict[Key, _Match]:
    """Hold mandates against what documents say; of either that is None, those that the other may concern."""
    if mandates is None:
        mandates = _mandates(_asked_for(said or []))
    if said is None:
        said = _said(_answers_to(mandates))
    parents = dict(Body.objects.filter(parent__isnull=False).values_list("name", "parent__name"))
    found: dict[Key, _Match] = {}
    for each in said:
        for pk in mandates.candidates(each.answer):
            asked, row = mandates.asked[pk], mandates.rows[pk]
            why = answers(asked, each.answer, due_sessions=mandates.due[pk], recurring=row.recurring, parents=parents)
            if why is None or (row.recurring and not _comes_due(row, each.answer.session)):
                continue
            key = (row.task, str(each.row.reason), each.source)
            match = _Match(each, asked, why, each.answer.session if row.recurring else None)
            # Of a set that says it twice, and of a paragraph that does, the first: not the one that came first.
            if key not in found or _place(match) < _place(found[key]):
                found[key] = match
    return found


def _place(match: _Match) -> tuple[Any, ...]:
    return match.asked.order, match.asked.position, match.said.row.position


def _comes_due(mandate: Mandate, session: int | None) -> bool:
    """Whether a recurring mandate is to be answered for that session; which one is answered must be known."""
    if session is None or mandate.recurs_from is None:
        return False
    return session >= mandate.recurs_from and (session - mandate.recurs_from) % mandate.recurs_every == 0


def _asked_for(said: Iterable[_Said]) -> MandateQuerySet:
    """The mandates for which what is said may be meant."""
    cited, asked_at, reports = set(), set(), defaultdict(set)
    for each in said:
        answer = each.answer
        if answer.cited_symbol:
            cited.add(answer.cited_symbol)
        elif answer.asked_at is not None:
            asked_at.add(str(answer.asked_at))
        elif answer.session is not None:
            reports[answer.body].add(answer.session)
    sessions = {session for each in reports.values() for session in each}
    condition = Q(document__symbol__in=cited) | Q(document__session__code__in=asked_at)
    if sessions:
        due = ReportingDeadline.objects.filter(session_number__in=sessions).values("mandate")
        in_time = Q(recurring=True) | Q(pk__in=due) | Q(document__session__number__in=[each - 1 for each in sessions])
        bodies = Q() if None in reports else Q(addressees__name__in=reports)
        condition |= Q(pk__in=Mandate.objects.filter(in_time, bodies, action__icontains="report").values("pk"))
    return Mandate.objects.filter(condition)


def _answers_to(mandates: _Mandates) -> Any:
    """What is said that may answer these mandates."""
    bodies = {name for asked in mandates.asked.values() for name in asked.addressees}
    sessions = {int(asked.session) for asked in mandates.asked.values() if asked.session.isdigit()}
    condition = Q(cited_symbol__in=list(mandates.by_symbol)) | Q(asked_at__in=sessions)
    reports = Q(cited_symbol="", asked_at=None, body__in=["", *bodies])
    if mandates.recurring:
        condition |= reports
    elif mandates.by_due or mandates.by_next:
        condition |= reports & Q(session__in={*mandates.by_due, *mandates.by_next})
    return DocumentAnswer.objects.filter(condition)


def _store(found: Mapping[Key, _Match], scope: Any) -> None:
    """Make the undecided suggestions of a scope those that were found; what lies outside of it only grows."""
    rows = list(
        Suggestion.objects.filter(Q(pk__in=scope.values("pk")) | Q(mandate__task__in={key[0] for key in found}))
        .select_related("mandate")
        .prefetch_related("decisions")
        .order_by("pk")
    )
    in_scope = set(scope.values_list("pk", flat=True))
    stored: dict[Key, list[Suggestion]] = defaultdict(list)
    for row in rows:
        stored[row.mandate.task, row.reason, row.source].append(row)
    values, new, changed, gone = _values(found), [], [], []
    for key, its in stored.items():
        # What was decided of one of a set holds for the set.
        ranked = sorted(its, key=lambda row: (row.state == Suggestion.State.WAITING, not row.decisions.all(), row.pk))
        kept = ranked[0] if key in found else None
        for row in ranked:
            if row.state != Suggestion.State.WAITING:
                continue
            if row is kept:
                if any(getattr(row, name) != values[key][name] for name in _FOUND):
                    _set(row, values[key])
                    changed.append(row)
            elif row.pk in in_scope or key in found:
                gone.append(row)
    new = [Suggestion(reason=key[1], source=key[2], **values[key]) for key in sorted(found.keys() - stored.keys())]
    Suggestion.objects.filter(pk__in=[row.pk for row in gone if not row.decisions.all()]).delete()
    for row in gone:
        if row.decisions.all():  # the history of what people said of it stays
            row.state = Suggestion.State.DISMISSED
            changed.append(row)
    Suggestion.objects.bulk_update(changed, [*(name.removesuffix("_id") for name in _FOUND), "state"], _AT_ONCE)
    Suggestion.objects.bulk_create(new, batch_size=_AT_ONCE)


def _set(row: Suggestion, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _values(found: Mapping[Key, _Match]) -> dict[Key, dict[str, Any]]:
    """Give the columns of each suggestion."""
    sessions = {row.number: row for row in AssemblySession.objects.regular()}
    said = {match.said.row.symbol: match.said.row for match in found.values()}
    known = {row.symbol: row for row in KnownDocument.objects.filter(symbol__in=said.keys())}
    adopted = dict(Mandate.objects.filter(pk__in={key[0] for key in found}).values_list("pk", "document__adopted"))
    days = evidence_days(match.said.row.evidence_symbol for match in found.values())
    values = {}
    for key, match in found.items():
        row = match.said.row
        occurrence = sessions.get(match.occurrence) if match.occurrence else None
        counts_from = said_on(row, known.get(row.symbol), sessions)
        values[key] = {
            "mandate_id": key[0],
            "paragraph_id": row.paragraph_id,
            "start": row.start if row.paragraph else None,
            "end": row.end if row.paragraph else None,
            "quotation": row.paragraph.text[row.start : row.end]
            if row.paragraph
            else title_of(row, known.get(row.symbol)),
            "sentence": match.sentence,
            "evidence_symbol": row.evidence_symbol,
            "evidence_date": evidence_date(days.get(row.evidence_symbol), counts_from, adopted.get(key[0])),
            "said_on": counts_from,
            "occurrence_id": occurrence.pk if occurrence else None,
        }
    return values


def _redate(suggestions: Any) -> None:
    """Give undecided suggestions the day of their evidence, which was stored or known only now."""
    changed = []
    rows = list(suggestions.filter(state=Suggestion.State.WAITING).select_related("mandate__document"))
    days = evidence_days({row.evidence_symbol for row in rows})
    for row in rows:
        day = evidence_date(days.get(row.evidence_symbol), row.said_on, row.mandate.document.adopted)
        if day != row.evidence_date:
            row.evidence_date = day
            changed.append(row)
    Suggestion.objects.bulk_update(changed, ["evidence_date"], _AT_ONCE)

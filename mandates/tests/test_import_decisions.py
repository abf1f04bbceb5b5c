"""Decisions of people stay when a document is imported again, and are flagged where it no longer says the same."""

from __future__ import annotations

import pytest

from mandates.reference_data import bodies_load, topics_load
from mandates.services import statuses_refresh
from mandates.tests.factories import make_link, make_mandate
from mandates.tests.imports import SHORTER, SYMBOL, TEXT, bring, edited, fulfil, mandate
from resolutions.models import Document, Paragraph
from resolutions.reference_data import sessions_load
from resolutions.tests.factories import make_document, make_session


@pytest.fixture(autouse=True)
def reference_data(db: None) -> None:
    sessions_load()
    bodies_load()
    topics_load()


class TestDecisions:
    def test_stay_where_the_deadline_changed_and_are_flagged(self) -> None:
        bring()
        fulfil(mandate("body:17:requests:0"))
        result = bring(edited(("at its ninth session", "at its tenth session")))
        row = mandate("body:17:requests:0")
        assert (row.outcome, row.headline_status, row.outcome_version, row.due_session) == ("fulfilled",) * 2 + (1, 10)
        assert "at its ninth session" in row.flag and "at its tenth session" in row.flag
        assert result.counts["mandates"]["flagged"] == 1

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            pytest.param(
                "requests* the Bureau to report on significant",
                "requests* the Bureau to report on all",
                "The action was",
                id="action",
            ),
            pytest.param(
                "*requests* the Bureau to report", "*requests* the Registry to report", "Registry", id="addressee"
            ),
        ],
    )
    def test_are_flagged_where_the_words_changed(self, old: str, new: str, said: str) -> None:
        bring()
        fulfil(mandate("body:17:requests:0"))
        bring(edited((old, new)))
        assert said in mandate("body:17:requests:0").flag

    def test_are_not_flagged_for_spacing_and_punctuation(self) -> None:
        bring()
        fulfil(mandate("body:17:requests:0"))
        result = bring(
            edited(("Bureau to report on significant developments", "Bureau to  report, on significant developments"))
        )
        assert result.status == "changed"
        assert mandate("body:17:requests:0").flag == ""

    def test_stay_where_the_text_no_longer_has_them(self) -> None:
        bring()
        fulfil(mandate("body:15:calls upon:0".replace(" ", "-")))
        result = bring(SHORTER)
        row = mandate("body:15:calls-upon:0")
        assert (row.outcome, row.in_text, row.tracked) == ("fulfilled", False, False)
        assert "no longer has it" in row.flag
        assert (result.counts["mandates"]["removed"], result.counts["mandates"]["flagged"]) == (1, 1)
        assert not row.paragraph.in_text

        again = bring(SHORTER + "\n")
        assert (again.counts["mandates"]["removed"], again.counts["mandates"]["flagged"]) == (0, 0)

        bring()
        row.refresh_from_db()
        assert (row.outcome, row.in_text, row.flag) == ("fulfilled", True, "")
        assert Paragraph.objects.get(key="body/15").in_text

    def test_go_with_their_words_to_another_number(self) -> None:
        """Where a paragraph is put in, every key after it names something else."""
        bring()
        row = mandate("body:2:encourages:0")
        fulfil(row)
        inserted = "\n2. *Encourages* the Registry to publish its plans;\n3. *Encourages* national prosecuting"
        text = edited(
            ("\n2. *Encourages* national prosecuting", inserted),
            ("\n3. *Encourages* the Court", "\n4. *Encourages* the Court"),
        )
        bring(text)
        row.refresh_from_db()
        assert (row.key, row.outcome) == (f"{SYMBOL}:body:3:encourages:0", "fulfilled")
        assert "It was 2 and is now 3." in row.flag
        assert mandate("body:2:encourages:0").outcome == "open"
        assert row.paragraph.key == "body/3"

    def test_on_links_count_as_well(self) -> None:
        bring()
        later = make_mandate(document=make_document("ICC-ASP/9/Res.3", session=make_session(9)))
        make_link(later, mandate("body:15:calls-upon:0"), decision="rejected")
        bring(SHORTER)
        assert not mandate("body:15:calls-upon:0").in_text

    def test_on_text_that_turns_out_to_be_proposed_stay(self) -> None:
        bring()
        row = mandate("body:17:requests:0")
        fulfil(row)
        Paragraph.objects.filter(pk=row.paragraph_id).update(text="edited")
        text = TEXT.replace("Adopted at the 8th plenary meeting, on 26 November 2009, by consensus", "")
        text = text.replace("Resolution ICC-ASP/8/Res.2", "ICC-ASP/8/L.2").replace(SYMBOL, "ICC-ASP/8/L.2")
        Document.objects.update(symbol="ICC-ASP/8/L.2")
        assert bring(text).status == "changed"
        row.refresh_from_db()
        assert row.outcome == "fulfilled" and row.proposed is False
        assert "proposed" in row.flag


class TestLinks:
    def test_an_earlier_mandate_is_open_again_when_what_repeated_it_goes(self) -> None:
        bring()
        earlier = make_mandate(document=make_document("ICC-ASP/7/Res.3", session=make_session(7)))
        make_link(mandate("body:15:calls-upon:0"), earlier)
        statuses_refresh()
        earlier.refresh_from_db()
        assert earlier.headline_status == "repeated"
        bring(SHORTER)
        earlier.refresh_from_db()
        assert earlier.headline_status == "open"

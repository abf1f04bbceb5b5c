"""What is typed into a search box, as a question; and what of a text meets it."""

import pytest

from resolutions.finding.hits import hit_spans, is_met
from resolutions.finding.places import WrittenPlace
from resolutions.finding.query import (
    LONGEST_QUERY,
    Beginning,
    Both,
    Either,
    Phrase,
    SearchQuery,
    Wanted,
    parse_query,
    terms_of,
)


def written(wanted: Wanted | None) -> str:
    """Write a question in one form: a & "b c" | -d."""
    match wanted:
        case None:
            return ""
        case Phrase(words):
            return words[0] if len(words) == 1 else f'"{" ".join(words)}"'
        case Beginning(letters):
            return f"{letters}*"
        case Both(all_of, none_of):
            return "(" + " & ".join([*map(written, all_of), *(f"-{written(each)}" for each in none_of)]) + ")"
        case Either(any_of):
            return "(" + " | ".join(map(written, any_of)) + ")"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("report", "report"),
        ("court report", "(court & report)"),
        ("court AND report", "(court & report)"),
        ("court report court", "(court & report)"),
        ("a b OR c -d", "((a & b) | (c & -d))"),
        ("cost-effective", '"cost effective"'),
        ("3(b)", '"3 b"'),
        ("“the Court”", '"the court"'),
        ('"the Court', '"the court"'),
        ("facilit*", "facilit*"),
        ("facilit*, court", "(facilit* & court)"),
        ('"facilit*"', "facilit"),
        ("cost-eff*", '"cost eff"'),
        ("report (court OR bureau)", "(report & (court | bureau))"),
        ("report -(court OR bureau)", "(report & -(court | bureau))"),
        ("report NOT (court bureau)", "(report & -(court & bureau))"),
        ("report (NOT court)", "(report & -court)"),
        ("a (b -c)", "(a & b & -c)"),
        ("a NOT (NOT b)", "(a & b)"),
        ("a NOT (NOT b NOT c)", "(a & (b | c))"),
        ("NOT NOT a b", "(b & -a)"),
        ("NOT AND a", "a"),
        ("–a b", "(b & -a)"),
        ("x -“a b”", '(x & -"a b")'),
        ("a - b", "(a & b)"),
        # Case says whether it is a word.
        ("bread and butter or not", "(bread & and & butter & or & not)"),
        # What has no end or no beginning.
        ("((a OR b", "(a | b)"),
        ("a) b", "(a & b)"),
        ("OR a OR OR b OR", "(a | b)"),
        ("AND a NOT", "a"),
        ("()", ""),
        ("*", ""),
        ("-a", ""),
        ("a OR -b", "a"),
        ("NEAR(report court)", "(near & report & court)"),
        ("col:report ^x {y}", '("col report" & x & y)'),
    ],
)
def test_a_question(query: str, expected: str) -> None:
    assert written(parse_query(query).wanted) == expected


def test_places_are_taken_out_of_the_words() -> None:
    parsed = parse_query("court (20/Res.2 para 3 OR 17/Res.5) -bureau")
    assert parsed.places == (WrittenPlace("ICC-ASP/20/Res.2", "", "3"), WrittenPlace("ICC-ASP/17/Res.5"))
    assert written(parsed.wanted) == "(court & -bureau)"


@pytest.mark.parametrize("query", ['"20/Res.2"', "-20/Res.2", "1920/Res.2", "and/or 16/17"])
def test_what_is_no_place_is_words(query: str) -> None:
    assert parse_query(query).places == ()


def test_what_is_said_about_a_query() -> None:
    assert parse_query("-report").only_negative
    assert parse_query("report OR -court").only_negative
    assert parse_query("(-a)").only_negative
    assert not parse_query("report -court").only_negative
    assert parse_query("report " * 100).too_long
    assert not parse_query("a" * LONGEST_QUERY).too_long
    assert parse_query("?") == SearchQuery()


def test_deep_brackets_are_passed_over() -> None:
    assert written(parse_query("(" * 250 + "a").wanted) == "a"
    assert len(list(terms_of(parse_query("(a OR b " * 30).wanted))) < 70


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("to report on reports", "reporting", ["report", "reports"]),
        ("Côte d’Ivoire", "cote", ["Côte"]),
        ("the Court reports; reports of the Court", '"reports of"', ["reports of"]),
        ("cost-effective, at no cost", "cost-effective", ["cost-effective"]),
        ("a Nu\u0301n\u0303ez b", "nunez", ["Nu\u0301n\u0303ez"]),
        ("the Court reports", "court -report", ["Court"]),
        ("the facilitator facilitates", "facilitat*", ["facilitator", "facilitates"]),
        ("the facilitator and facilities", "facilitator*", ["facilitator"]),
        # A side that is not met is not marked, nor what is left out.
        ("the Court and a report", "report OR (court bureau)", ["report"]),
        ("the Court and a report", "report -(court bureau)", ["report"]),
        # Hits that meet are one.
        ("the working group", '"the working" OR "working group"', ["the working group"]),
        ("the working group", "working group", ["working", "group"]),
        ("nothing", "20/Res.2", []),
        ("abc", "", []),
    ],
)
def test_hits_are_what_was_found(text: str, query: str, hits: list[str]) -> None:
    assert [text[start:end] for start, end in hit_spans(text, parse_query(query))] == hits


def test_hits_in_a_part_are_those_of_the_whole() -> None:
    query = parse_query("report OR (court bureau)")
    assert hit_spans("the Court", query, within="the Court makes a report") == []
    assert hit_spans("the Court", query, within="the Court and the Bureau") == [(4, 9)]
    # What was found stands in a sub-paragraph.
    assert hit_spans("the Court", query, within="the Court by:") == [(4, 9)]


def test_a_query_without_words_is_met_by_none() -> None:
    assert not is_met("report", parse_query("20/Res.2"))
    assert is_met("Reports", parse_query("report -court"))
    assert not is_met("Reports of the Court", parse_query("report -court"))

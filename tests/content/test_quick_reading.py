"""What libyaml reads is what PyYAML reads, and where the two could differ PyYAML has the word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from laveren.content import quick_reading
from laveren.content.cases import Case
from laveren.content.checking import check_file
from laveren.content.quick_reading import read_quickly
from laveren.content.reading import read_document, read_text

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("casussen/*.yaml"), *ROOT.glob("werkvormen/*.yaml"), *ROOT.glob("data/reference/*.yaml")])
CASE = (ROOT / "casussen/tot-mijn-diploma.yaml").read_text("utf-8")
METHOD = (ROOT / "werkvormen/waardendriehoek.yaml").read_text("utf-8")
#: What libyaml takes, or reads in another way; and what it does not mind and this program does.
FOR_PYYAML = [
    "a: |# x\n", "a: >-#\n  x\n", "a: x\t\n", "a:\tx\n", "- x\n\ufeff", "\n\ufeffa: x\n", "{a? }",
    "[a\n? b]", "[? \\,?]]", "- !", "- &a", "a: !b", "a: &b\n", "a: ! x", "a: &b x\nc: *b\n",
    "*a : x", "a: *a", "!a x", "[&a x]", "&a [x]", "a: &b {c: d}\n", "[\"?\", b? c]",
    'a: "\\e"', 'a: "\\0"', "a: 1\na: 2\n", "? [a]\n: b\n", "a: b\n---\nc: d\n", "%YAML 3.0\n---\na: b\n",
    "a: [", "a: b: c\n", "", "# x\n", "[" * 21 + "]" * 21, "[" * 200_000, "a: " * 50_000,
]  # fmt: skip

CHARACTERS = "ab1:-?[]{}#&*!|>'\"%@`,~<= \n\\.é\t\r\x85\u2028\ufeff\x1b"
PIECES = [
    *CHARACTERS, "\n\n", ": ", "- ", "? ", "! ", "\n  ", "\n- ", "---", "\n...\n", '"a"', "'b'", "a: b",
    "|\n", ">-\n", "|+2\n", "[a, b]", "{a: b}", "\\u00e9", "\r\n",
]  # fmt: skip
yaml_like = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)

pytestmark = pytest.mark.skipif(quick_reading._LOADER is None, reason="PyYAML is here without libyaml")


def same_or_given_up(text: str) -> None:
    data = read_quickly(text)
    if data is not None:
        slowly = read_document(text)
        assert (slowly.data, slowly.slips) == (data, [])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_file_that_ships_is_read_quickly_and_says_the_same(file: Path) -> None:
    text = read_text(file)
    assert read_quickly(text) == read_document(text).data


@pytest.mark.parametrize("text", FOR_PYYAML, ids=lambda text: repr(text[:20]))
def test_what_libyaml_takes_otherwise_is_left_to_pyyaml(text: str) -> None:
    assert read_quickly(text) is None


@settings(max_examples=1500, deadline=None)
@given(text=yaml_like)
@example("a: [{b: \"Wie?\", c: 'Wat?'}]\nd: Waarom?\n")
@example("a: ~\nb:\nc: null\nd: '~'\ne: ''\n")
@example("a: no\nb: 12:30\nc: 0123\n2026-02-01: x\n")
@example("a: |\n  b\n\n  c\nd: >-\n  e\n  f\n")
@example("a: b\r\nc: [d, e]\r\n")
def test_whatever_is_read_quickly_says_the_same(text: str) -> None:
    same_or_given_up(text)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_so_does_a_good_file_with_something_else_in_it(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([CASE, METHOD]))
    start = data.draw(st.integers(0, len(text)))
    same_or_given_up(text[:start] + data.draw(yaml_like) + text[start + data.draw(st.integers(0, 40)) :])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_faults_are_the_same_with_and_without_libyaml(data: st.DataObject, tmp_path: Path) -> None:
    start = data.draw(st.integers(0, len(CASE)))
    file = tmp_path / "proef.yaml"
    spoiled = CASE[:start] + data.draw(yaml_like) + CASE[start + data.draw(st.integers(0, 40)) :]
    file.write_bytes(spoiled.encode())
    found, _, faults = check_file(file, Path("proef.yaml"), Case, ident="proef")
    with pytest.MonkeyPatch.context() as without:
        without.setattr(quick_reading, "_LOADER", None)
        assert check_file(file, Path("proef.yaml"), Case, ident="proef")[::2] == (found, faults)

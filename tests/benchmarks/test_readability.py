"""Readability counts the words of sentences and nothing else, and every page keeps to the target."""

import pytest

from benchmarks.readability import GENERATED, TARGET, main, measure, pages, sentences_of

PAGES = {page: text for page, text in pages().items() if page not in GENERATED and page != "CHANGELOG.md"}
PAGE = """# A heading is no sentence

One sentence, over
two lines. Another: with `some code`, of seven words; see [a link](https://example.org/a.b).

| a table | is none |
| --- | --- |

```sh
nor is. This block
```

> y = a formula

<!-- nor is a comment -->
- A list item
- **A lead.** And one more, 0.5 of it. Third!

![an image](image.svg)
"""


def test_what_is_no_prose_is_left_out():
    assert sentences_of(PAGE) == [
        "One sentence, over two lines.",
        "Another: with Code, of seven words; see a link.",
        "A list item",
        "And one more, 0.5 of it.",
        "Third!",
    ]


def test_the_figures_by_hand():
    found = measure(PAGE)
    assert (found.sentences, found.mean, found.median, found.p90, found.long) == (5, 4.8, 5.0, 9.0, 0.0)
    assert measure("word " * 31).long == 1.0
    assert measure("# Only a heading\n").sentences == 0


@pytest.mark.parametrize("page", PAGES)
def test_every_page_keeps_to_the_target(page):
    assert measure(PAGES[page]).mean <= TARGET


def test_the_command_prints_a_row_a_page(capsys):
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert all(f"| {page} |" in printed for page in PAGES)


def test_the_command_prints_a_page_longest_sentence_first(capsys):
    assert main(["--sentences", "CONTRIBUTING.md"]) == 0
    counts = [int(line[:4]) for line in capsys.readouterr().out.splitlines()]
    assert counts == sorted(counts, reverse=True)

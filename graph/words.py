"""Tokenizer of the word search: the same in every store, so no engine's query syntax is ever reached."""

import re
import unicodedata

_RUN = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text in order: runs of letters and digits in NFKC, casefolded, without diacritics.

    `Côte d'Ivoire` gives `["cote", "d", "ivoire"]`. Text without letters and digits has no words.
    """
    if text.isascii():
        return _RUN.findall(text.lower())
    return _RUN.findall(_plain(text))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = "".join(letter for letter in unicodedata.normalize("NFD", folded) if not unicodedata.combining(letter))
    return unicodedata.normalize("NFKC", letters)

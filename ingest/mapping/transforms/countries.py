"""Country names and codes to ISO 3166 alpha-2, by pycountry and the spellings that a source adds."""

from collections.abc import Mapping
from functools import cache

import pycountry

from ontology.ids import fold_name


def country_code(text: str, aliases: Mapping[str, str]) -> str | None:
    """The alpha-2 code of the country that `text` names or abbreviates, or None where none does.

    Known are alpha-2 and alpha-3 codes, names, official and common names, in any case, and `aliases` (spelling: code).
    """
    if text in aliases:
        return aliases[text]
    return _codes().get(fold_name(text).casefold())


@cache
def _codes() -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for country in pycountry.countries:
        fields = ("name", "official_name", "common_name", "alpha_3", "alpha_2")
        for field in fields:
            if name := getattr(country, field, None):
                codes.setdefault(fold_name(name).casefold(), country.alpha_2)
    return codes

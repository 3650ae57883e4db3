"""The parts of a firm's name that do not identify it: legal forms, filler words, and other spellings of a word."""

# Legal forms in full, each with one short form for its family: forms of a family do not tell firms apart.
SPELT: dict[tuple[str, ...], str] = {
    ("gesellschaft", "mit", "beschrankter", "haftung"): "gmbh",
    ("gesellschaft", "mbh"): "gmbh",
    ("ges", "mbh"): "gmbh",
    ("limited", "liability", "company"): "llc",
    ("limited", "liability", "partnership"): "llp",
    ("public", "limited", "company"): "plc",
    ("open", "joint", "stock", "company"): "jsc",
    ("closed", "joint", "stock", "company"): "jsc",
    ("public", "joint", "stock", "company"): "jsc",
    ("joint", "stock", "company"): "jsc",
    ("societatea", "cu", "raspundere", "limitata"): "srl",
    ("societe", "anonyme"): "sa",
    ("societe", "a", "responsabilite", "limitee"): "sarl",
    ("societa", "per", "azioni"): "spa",
    ("sociedad", "anonima"): "sa",
    ("besloten", "vennootschap"): "bv",
    ("naamloze", "vennootschap"): "nv",
    ("sp", "z", "o", "o"): "spzoo",
    ("sp", "z", "oo"): "spzoo",
    ("sp", "zoo"): "spzoo",
    ("s", "a", "r", "l"): "sarl",
    ("s", "r", "l"): "srl",
    ("s", "p", "a"): "spa",
    ("s", "a"): "sa",
    ("pty", "ltd"): "ltd",
    ("pty", "limited"): "ltd",
    ("pte", "ltd"): "ltd",
    ("pvt", "ltd"): "ltd",
    ("private", "limited"): "ltd",
    ("aktiengesellschaft",): "ag",
    ("akg",): "ag",
    ("aktiebolag",): "ab",
    ("osakeyhtio",): "oy",
    ("aktieselskab",): "as",
    ("incorporated",): "inc",
    ("limited",): "ltd",
    ("ooo",): "llc",
    ("oao",): "jsc",
    ("ojsc",): "jsc",
    ("pjsc",): "jsc",
    ("zao",): "jsc",
    ("pao",): "jsc",
    ("общество", "с", "ограниченнои", "ответственностью"): "llc",  # noqa: RUF001
    ("ооо",): "llc",  # noqa: RUF001
    ("оао",): "jsc",  # noqa: RUF001
}
# fmt: off
# Short forms.
FORMS = frozenset(SPELT.values()) | frozenset({
    "gmbh", "ag", "kg", "ohg", "se", "ltd", "llc", "llp", "plc", "inc", "sa", "sas", "sarl", "srl", "spa", "bv",
    "nv", "ab", "as", "aps", "oy", "oyj", "kft", "zrt", "doo", "dd", "jsc", "ano", "lp",
})
# Words that nearly every firm may use, so that they tell little about its legal form.
COMMON_FORMS = frozenset({"co", "company", "corp", "corporation"})
DROPPED = frozenset({"the", "and"})
# Words that a name may have or lack and still be of the same firm.
GENERIC = frozenset({
    "group", "holding", "holdings", "international", "global", "worldwide", "enterprise", "enterprises",
})
ROMAN = frozenset({
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
    "xvii", "xviii", "xix", "xx",
})
# fmt: on
SAME_WORD = {
    "intl": "international",
    "mfg": "manufacturing",
    "mfrs": "manufacturers",
    "organisation": "organization",
    "labour": "labor",
    "1st": "first",
    "2nd": "second",
    "3rd": "third",
    "bros": "brothers",
    "centre": "center",
}

"""Documents as parsed and validated trees, cached for later requests with the same text."""

from functools import lru_cache

from graphql import (
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

# The rules are constants of the module, because they are part of the key of the cache.
RULES: tuple[type[ASTValidationRule], ...] = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
RULES_WITHOUT_INTROSPECTION = (*RULES, NoSchemaIntrospectionCustomRule)

_KEPT = 256
_KEPT_LENGTH = 20_000
_ERRORS_SHOWN = 10


def parsed(text: str, tokens: int) -> DocumentNode:
    """The tree of a document.

    Raises:
        GraphQLSyntaxError: It is not valid GraphQL, or has more tokens.
    """
    return (_parse_kept if len(text) <= _KEPT_LENGTH else _parse)(text, tokens)


def faults(schema: GraphQLSchema, text: str, document: DocumentNode, *, introspection: bool) -> list[GraphQLError]:
    """The validation errors of a document, without suggestions of names."""
    rules = RULES if introspection else RULES_WITHOUT_INTROSPECTION
    if len(text) > _KEPT_LENGTH:
        return _validate(schema, document, rules)
    return list(_validate_kept(schema, _Keyed(text, document), rules))


class _Keyed:
    """A document that is equal to others with the same text, so that a lookup does not walk its tree."""

    __slots__ = ("document", "text")

    def __init__(self, text: str, document: DocumentNode) -> None:
        self.text, self.document = text, document

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and self.text == other.text


def _parse(text: str, tokens: int) -> DocumentNode:
    return parse(text, max_tokens=tokens, allow_empty_selection_sets=False)


def _validate(
    schema: GraphQLSchema, document: DocumentNode, rules: tuple[type[ASTValidationRule], ...]
) -> list[GraphQLError]:
    return validate(schema, document, rules, max_errors=_ERRORS_SHOWN, hide_suggestions=True)


@lru_cache(maxsize=_KEPT)
def _parse_kept(text: str, tokens: int) -> DocumentNode:
    return _parse(text, tokens)


@lru_cache(maxsize=_KEPT)
def _validate_kept(
    schema: GraphQLSchema, keyed: _Keyed, rules: tuple[type[ASTValidationRule], ...]
) -> tuple[GraphQLError, ...]:
    return tuple(_validate(schema, keyed.document, rules))

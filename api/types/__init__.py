"""The GraphQL types, a subject a module; modules import upwards in this order: scalars, page, noun, then the rest."""

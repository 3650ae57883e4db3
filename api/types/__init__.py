"""The GraphQL types, a subject a module; modules import upwards in this order: scalars, page, entity, then the rest."""

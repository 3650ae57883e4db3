"""One service that answers every question over one store, each answer made once. Imports all of reasoning below."""

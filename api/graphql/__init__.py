"""The schema with its queries and mutations, and the execution of one request. Imports api.types and api.request."""

"""Work that commands start: worlds, concepts, embeddings, exports, examinations. Imports app.runtime."""

"""A store's supply network as arrays that lie in files: built in bounded memory, mapped, followed, never trusted."""

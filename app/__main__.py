"""`python -m app`: the command line."""

import gc

gc.set_threshold(50_000)  # imports make no garbage, and looking for it takes a seventh of a short command's time

from app.cli import main  # noqa: E402

if __name__ == "__main__":
    main()

"""How a job is done wherever it is done: made ready once for each worker, and named where it fails."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from ontology.errors import JobError, TierscopeError
from reasoning.core.execution.executor import Arrays, Job, Result, Start


@dataclass(slots=True)
class Worker(Generic[Job, Result]):
    """One worker of a run: it starts with its first job, and keeps what `start` gave it for the others."""

    start: Start[Job, Result]
    arrays: Arrays
    take: Callable[[Job], Result] | None = None

    def do(self, place: int, job: Job) -> Result:
        """The result of the job at this place of its run.

        Raises:
            TierscopeError: As the job raised it, with the job in its details.
            JobError: The job raised anything else, which is the cause.
        """
        try:
            if self.take is None:
                self.take = self.start(self.arrays)
            return self.take(job)
        except TierscopeError as error:
            error.details["job"] = place
            raise
        except Exception as error:
            why = f"job {place} failed: {type(error).__name__}: {error}"
            raise JobError(why, fix="run this job alone to see why", job=place) from error

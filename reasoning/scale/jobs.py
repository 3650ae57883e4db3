"""Jobs, the same in every pool: each worker starts once, and a job that fails is named."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from ontology.errors import JobError, TierscopeError
from reasoning.core.execution.executor import Arrays, Job, Result, Start


@dataclass(slots=True)
class Worker(Generic[Job, Result]):
    """One worker of a run. It starts with its first job and keeps what `start` returned for the others."""

    start: Start[Job, Result]
    arrays: Arrays
    take: Callable[[Job], Result] | None = None

    def do(self, place: int, job: Job) -> Result:
        """Do one job.

        Args:
            place: The index of the job in its run.
            job: The job.

        Raises:
            TierscopeError: As the job raised it, with the index of the job in its details.
            JobError: The job raised any other exception, which is the cause.
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

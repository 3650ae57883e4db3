"""M5: inoperability at rest and over a year of days, of networks of firms and of BEA's 402 industries.

    python -m benchmarks.exposure.inoperability [--sizes 10000 100000] [--kind tiered|powerlaw] [--bea FOLDER]

Networks: what each firm loses when one stops is the part of its inputs, 0.85 of its output, that it bought there; 20
firms stop one after the other. Exact: equal to a sparse direct solver, and every course checked step by step; at BEA's
402 industries (detail tables of 2017, read where they lie), demand and supply, equal to numpy's dense solver, the
course of a lasting push at rest in the end, and that of a stop near the matrix exponential of the equation.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])


from argparse import Namespace
from collections.abc import Iterator

import numpy as np
from scipy import sparse
from scipy.linalg import expm
from scipy.sparse.linalg import splu

from benchmarks.exposure.linear import read_bea, table
from benchmarks.exposure.measuring import KINDS, PUBLIC, Row, arranged, finish, parser, seconds, shares
from reasoning.core.graph.network import Floats, Network
from reasoning.core.linear.inoperability import Course, Interdependence, at_rest, by_supply, course, interdependence
from reasoning.core.linear.leontief import ALPHA
from reasoning.measures.inoperability.values import DECLARED, rate_of

BEA = PUBLIC / "bea"
DAYS, YEAR, STOPS = 90.0, 365, 20
TOLERANCE = 1e-13


def main() -> int:
    options = parser(__doc__, (10_000, 100_000))
    options.add_argument("--bea", type=Path, default=BEA, help="folder with BEA's detail tables")
    asked = options.parse_args()
    return finish(list(rows(asked, asked.bea)), asked.json)


def rows(options: Namespace, bea: Path = BEA) -> Iterator[Row]:
    """One row a size, then BEA's industries: what customers no longer buy, and what suppliers no longer deliver."""
    for size in options.sizes:
        yield firms(*arranged(KINDS[options.kind](size), size), f"{options.kind} {size:,}")
    if options.fixed and bea.is_dir():
        coefficients, output = read_bea(bea), outputs(bea)
        yield industries("M5, industries by demand", by_demand(coefficients, output), output)
        yield industries("M5, industries by supply", by_supply(coefficients), output)


def firms(net: Network, value: Floats, name: str) -> Row:
    star = sparse.csr_array((ALPHA * shares(net, value), (net.customer, net.supplier)), shape=(net.size, net.size))
    proving = seconds(lambda: interdependence(star))
    found = interdependence(star)
    stopped = np.random.default_rng(5).choice(net.size, STOPS, replace=False)
    pushes = [np.bincount([firm], minlength=net.size).astype(np.float64) for firm in stopped]
    resting = seconds(lambda: [at_rest(found, push) for push in pushes], 1) / STOPS
    solver = splu(sparse.csc_array(sparse.eye_array(net.size) - star)) if net.size <= 10_000 else None
    gap = max(float(np.abs(at_rest(found, push)[0] - solver.solve(push)).max()) for push in pushes) if solver else 0.0
    error = max(at_rest(found, push)[1] for push in pushes)
    rate = rates(found)
    went = course(found, rate, pushes[0], push=np.zeros(net.size), steps=YEAR)
    going = seconds(lambda: course(found, rate, pushes[0], push=np.zeros(net.size), steps=YEAR), 1)
    figures = {"ms": resting * 1e3, "proof ms": proving * 1e3, "year ms": going * 1e3, "radius ≤": found.radius}
    figures |= {"certain to": error} | ({"max |Δ|": gap} if solver else {})
    exact = gap <= 1e-12 and error <= 1e-11 and found.radius < 1 and not faults(found, went, rate)
    return Row("M5, a firm stops", name, figures, exact)


def industries(what: str, star: sparse.csr_array, output: Floats) -> Row:
    found = interdependence(star)
    dense, size = star.toarray(), found.size
    inverse = np.linalg.solve(np.eye(size) - dense, np.eye(size))
    push = np.eye(size) * 0.1
    ours = seconds(lambda: [at_rest(found, row) for row in push], 1)
    theirs = seconds(lambda: np.linalg.solve(np.eye(size) - dense, push), 3)
    gap = max(float(np.abs(at_rest(found, row)[0] - inverse @ row).max()) for row in push)
    rate = rates(found)
    lasting = course(found, rate, np.zeros(size), push=push[0], steps=4 * YEAR)
    settled = float(np.abs(lasting.level[-1] - at_rest(found, push[0])[0]).max())
    start = np.eye(size)[0]
    went = course(found, rate, start, push=np.zeros(size), steps=YEAR)
    told = expm(-np.diag(rate) @ (np.eye(size) - dense) * DAYS) @ start
    near = float(np.abs(went.level[int(DAYS)] - told).max())
    year = float(went.lost @ output) / YEAR  # output is a year's
    figures = {"ms": ours / size * 1e3, "max |Δ|": gap, "radius ≤": found.radius, "after 4 years": settled}
    figures |= {"from equation": near, "lost, M$": year, "numpy, all ms": theirs * 1e3}
    exact = (
        gap <= 1e-12
        and settled <= 1e-6
        and near <= 0.02
        and not faults(found, went, rate)
        and not faults(found, lasting, rate, push[0])
    )
    return Row(what, "BEA 2017", figures, exact)


def by_demand(coefficients: Floats, output: Floats) -> sparse.csr_array:
    """Star of customers that no longer buy (Haimes et al. 2005): a_ij · x_j / x_i of outputs x; a peer of `by_supply`.

    A sector without output loses nothing.
    """
    inverse = np.divide(1.0, output, out=np.zeros(output.size), where=output > 0)
    return sparse.csr_array(coefficients * output[None, :] * inverse[:, None])


def rates(found: Interdependence) -> Floats:
    """The recovery rate of each sector within so many days."""
    return np.array([rate_of(DAYS, itself, DECLARED.left) for itself in found.itself.tolist()])


def faults(found: Interdependence, told: Course, rate: Floats, push: Floats | float = 0.0) -> tuple[str, ...]:
    """What does not hold of a course under one push: each step must follow from the one before, the proof be one."""
    wrong = []
    if not (np.all(found.proof > 0) and np.all(found.slack > 0)):
        wrong.append("the proof does not show that disruptions settle")
    here, after = told.level[:-1], told.level[1:]
    pulled = (found.star @ here.T).T + push - here
    if here.size and float(np.abs(here + rate * pulled - after).max()) > TOLERANCE:
        wrong.append("a step does not follow from the one before")
    return tuple(wrong)


def outputs(folder: Path) -> Floats:
    """The output of each industry that `read_bea` takes, in its order, in millions of dollars a year."""
    names, _, _ = table(folder / "Detail_Make_2017_BeforeRedef_17sch.csv.gz")
    inputs, users, use = table(folder / "Detail_Use_2017_PRO_BeforeRedef_17sch.csv.gz")
    return use[inputs.index("T008"), [users.index(name) for name in names if name in users]]


if __name__ == "__main__":
    sys.exit(main())

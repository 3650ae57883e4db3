"""The declared numbers of the assessing methods, in one table: what each is, in which unit, and why it is so."""

# Deliveries. The window and the half-life are conventions of supplier scorecards: two years count, last year's half.
DELIVERY_WINDOW_DAYS = 730
DELIVERY_HALF_LIFE_DAYS = 365.0
TOLERANCE_DAYS = 0.0  # a delivery is late if it is later than this
WILSON_Z = 1.96  # 95 % of the standard normal distribution

# Country figures. Correlation of WGI estimates at a distance of 1, 5, 10, 15, 20 years, over all countries, indicators
# and years of 1996-2019: 0.990, 0.955, 0.920, 0.893, 0.865. A half-life of 40 years stays below: 0.983, 0.917, 0.841 …
FIGURE_HALF_LIFE_DAYS = 40 * 365.25

# Incidents. An incident says less of the risk the longer nothing follows it; a year is a convention. After five
# half-lives (3 %) it is forgotten.
INCIDENT_HALF_LIFE_DAYS = 365.0
INCIDENT_WINDOW_DAYS = 5 * 365

# Certificates. That a management system is certified bounds the risk, it does not measure it: the lower half where it
# is in force, the upper half where it was suspended or withdrawn, and the middle of that half as the estimate.
IN_FORCE = (0.0, 0.25, 0.5)
TAKEN_BACK = (0.5, 0.75, 1.0)

# Sanctions. A blocked party cannot be dealt with at all.
BLOCKED = 1.0


def freshness(age_days: float, half_life_days: float) -> float:
    """What evidence of this age still counts, in (0, 1]: half after each half-life; what is not past counts 1."""
    return float(2.0 ** (-max(age_days, 0.0) / half_life_days))

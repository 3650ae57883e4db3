"""The declared numbers of the assessment methods in one table: meaning, unit and reason of each."""

# Deliveries. The window and the half-life are conventions of supplier scorecards: two years count, with a half-life of
# one year.
DELIVERY_WINDOW_DAYS = 730
DELIVERY_HALF_LIFE_DAYS = 365.0
TOLERANCE_DAYS = 0.0  # a delivery is late if it is later than this
WILSON_Z = 1.96  # 95 % of the standard normal distribution

# Country figures. Correlation of WGI estimates at a distance of 1, 5, 10, 15, 20 years, over all countries, indicators
# and years of 1996-2019: 0.990, 0.955, 0.920, 0.893, 0.865. A half-life of 40 years stays below: 0.983, 0.917, 0.841 …
FIGURE_HALF_LIFE_DAYS = 40 * 365.25

# Incidents. An incident is weaker evidence of risk the longer none follows it; a year is a convention. After five
# half-lives (3 %) it does not count.
INCIDENT_HALF_LIFE_DAYS = 365.0
INCIDENT_WINDOW_DAYS = 5 * 365

# Certificates. A certified management system bounds the risk and does not measure it: the lower half while it is in
# force, the upper half once suspended or withdrawn. The estimate is the middle of that half.
IN_FORCE = (0.0, 0.25, 0.5)
WITHDRAWN = (0.5, 0.75, 1.0)

# Sanctions. A blocked party cannot be dealt with at all.
BLOCKED = 1.0


def freshness(age_days: float, half_life_days: float) -> float:
    """The weight of evidence of this age, in (0, 1]: halved by each half-life; 1 for a negative age."""
    return float(2.0 ** (-max(age_days, 0.0) / half_life_days))

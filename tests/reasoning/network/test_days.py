from reasoning.network.days import last_day, shifted


def test_days_are_counted_in_world_time():
    assert shifted("2026-02-27T00:00:00Z", 2) == "2026-03-01T00:00:00Z"
    assert shifted("2026-03-01T12:00:00Z", -365) == "2025-03-01T12:00:00Z"
    assert last_day("2026-03-01T00:00:00Z") == "2026-02-28"
    assert last_day("2026-03-01T00:00:01Z") == "2026-03-01"

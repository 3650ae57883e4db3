"""What exposure costs: each script prints a table with an exactness gate a row."""

"""The transforms of the mapping language: functions of one value, such as `number` or `country`."""

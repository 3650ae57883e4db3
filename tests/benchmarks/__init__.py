"""Tests of the benchmarks: that they run, refuse what they must, and would tell a wrong answer."""

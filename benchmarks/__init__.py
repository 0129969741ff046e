"""Measurements against a baseline in the same run, printed as ratios; `python -m benchmarks` runs all."""

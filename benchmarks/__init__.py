"""Measurements: quality of positions, choice of constants, time and memory. See README.md beside this file."""

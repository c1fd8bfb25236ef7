"""Scorers, timings and trials: run them as scripts."""

"""Tests of the command line, as users meet it."""

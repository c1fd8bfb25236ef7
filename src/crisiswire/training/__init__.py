"""Trains the event model from marked sentences; needs the extra ``train`` (torch)."""

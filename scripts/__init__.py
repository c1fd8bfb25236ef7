"""Scripts that make data files, locks and servers for the project."""

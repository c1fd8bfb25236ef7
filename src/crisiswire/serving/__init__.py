"""The JSON API and the web page's files, over one event store; see docs/api.md."""

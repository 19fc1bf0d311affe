"""The one table of all pages: model, view, painting, memory, printing."""

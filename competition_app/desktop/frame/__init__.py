"""The window around the pages: navigation, head, status bar, dialogs."""

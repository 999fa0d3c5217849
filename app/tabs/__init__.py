"""What each tab of the page shows; the controls are laid out in :mod:`app.page`."""

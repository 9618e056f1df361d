"""The app's shell, its service worker and its card for the home screen; the list of handsets."""

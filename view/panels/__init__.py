"""The panels of the page, one file each: a function that draws, and a component that shows.

A panel draws from ``view.lives.TwinLives`` alone, so that it can be tested without a browser. To add one: a file
here, and a line in ``view.app.Panels``.
"""

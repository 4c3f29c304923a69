"""The page in the browser: one town lived twice, with its group and without, week by week.

A package of its own, beside ``sim`` and ``analysis``, because it needs both: the weeks that it shows
are lived by ``sim``, and what it offers for download is written by ``analysis``. Neither of them
knows of it, so both work without a browser and without the extra ``view``.

Start reading in ``view/app.py`` (the page) and ``view/lives.py`` (the two lives behind it).
"""

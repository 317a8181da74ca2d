import sys

import pytest

from bench.delivery import __main__ as bench
from bench.delivery import views, wordpress

PAGE = """<link rel="stylesheet" href="/a.css"><link href="/b.css" rel="stylesheet"><script src="/c.js"></script>
<link rel='stylesheet' href='/d.css'><script src='/e.js'></script><link rel='canonical' href='/'>"""


def test_the_bench_names_the_packages_that_wordpress_lacks(monkeypatch, capsys):
    monkeypatch.setattr(wordpress, "PACKAGES", {"present": "etc/passwd", "php-missing": "usr/sbin/no-such-program*"})
    monkeypatch.setattr(sys, "argv", ["bench", "--peers", "wordpress"])
    with pytest.raises(SystemExit):
        bench.main()
    assert capsys.readouterr().err.rstrip().endswith("apt-get install --no-install-recommends php-missing")


def test_a_first_view_counts_style_sheets_and_scripts_however_they_are_quoted(monkeypatch):
    asked = []

    def fetch(url, encoding="br"):
        asked.append(url)
        return PAGE.encode() if encoding == "identity" else b"x"

    monkeypatch.setattr(views, "fetch", fetch)
    server = wordpress.Server("a peer", [], 8000, {}, wordpress.ROOT)
    assert views.first_view(server, "/") == 6
    assert {url.rpartition("/")[2] for url in asked} == {"", "a.css", "b.css", "c.js", "d.css", "e.js"}

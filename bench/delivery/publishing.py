"""How long after a publication its text is what readers get."""

import statistics
import subprocess
import sys
import time

from bench.delivery.ground import PAGES, ROOT, VAR, environment
from bench.delivery.modes import CACHED, MIRROR
from bench.delivery.servers import fetch

TIMES = 20
PATIENCE = 10  # seconds
PUBLISHER = """
import sys
from news.models import NewsPage
page = NewsPage.objects.get(slug="generated-100", locale__language_code="zh-hans")
for line in sys.stdin:
    page = NewsPage.objects.get(pk=page.pk)
    page.summary = line.strip()
    page.save_revision().publish()
    print("published", flush=True)
"""


def measure_publishing(servers) -> dict[str, float]:
    """Return the 95th percentile of the seconds from the end of a publication to the article's new text, by mode."""
    watched = [server for server in servers if server.name in (CACHED, MIRROR)]
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", PUBLISHER]
    env = environment(watched[0].address) if watched else {}
    waited: dict[str, list[float]] = {server.name: [] for server in watched}
    with (
        (VAR / "commands.log").open("ab") as log,
        subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, bufsize=1
        ) as publisher,
    ):
        for number in range(TIMES):
            text = f"visible-{time.time_ns()}-{number}"
            publisher.stdin.write(text + "\n")
            publisher.stdout.readline()
            began = time.monotonic()
            for server in watched:
                while text not in fetch(server.address + PAGES["article"], "identity").decode():
                    if time.monotonic() - began > PATIENCE:
                        break
                    time.sleep(0.005)
                waited[server.name].append(time.monotonic() - began)
        publisher.stdin.close()
    return {name: statistics.quantiles(found, n=20)[-1] for name, found in waited.items()}

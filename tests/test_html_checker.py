"""The Nu HTML checker finds neither errors nor warnings on any kind of page (https://validator.github.io/validator/)."""

import json
import shutil
import subprocess

import pytest
from django.conf import settings

from tests.page_types import LANGUAGES, ROUTES

CHECKER = settings.BASE_DIR / "var" / "vnu.jar"
ERRORS = {"no-such-page": "nothing-here/"}

pytestmark = [
    pytest.mark.usefixtures("portal"),
    pytest.mark.skipif(not shutil.which("java"), reason="the HTML checker needs Java"),
    pytest.mark.skipif(not CHECKER.exists(), reason="the HTML checker is not there: make var/vnu.jar, which needs npm"),
]


def test_every_kind_of_page_is_valid_html(client, tmp_path):
    for language in LANGUAGES:
        for kind, route in (ROUTES | ERRORS).items():
            content = client.get(f"/{language}/{route}").content
            (tmp_path / f"{language}-{kind.replace(' ', '-')}.html").write_bytes(content)
    command = ["java", "-Xmx512m", "-jar", str(CHECKER), "--format", "json", "--stdout", "--exit-zero-always", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    found = [
        f"{message['url'].rpartition('/')[2]}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(result.stdout)["messages"]
    ]
    assert found == []

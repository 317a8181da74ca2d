"""Ask the advisory sources of pip-audit about every pinned package: exit 1 for a known vulnerability, 0 for none.

Where no source is reachable, say that nothing was audited: pip-audit by itself would call that "no vulnerabilities".
"""

import json
import subprocess
import sys
from pathlib import Path

SOURCES = ("pypi", "osv")
REQUIREMENTS = Path(__file__).parent / "dev.txt"  # holds those of base.txt too


def ask(source: str) -> list[dict] | None:
    """Return what `source` answers for each package, None when it is not reachable."""
    command = [
        *(sys.executable, "-m", "pip_audit", "--progress-spinner", "off", "--vulnerability-service", source),
        *("--require-hashes", "--disable-pip", "--format", "json", "--requirement", str(REQUIREMENTS)),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - nothing from outside
    try:
        packages = json.loads(answer.stdout)["dependencies"]
    except (ValueError, KeyError):
        return None
    return packages if any("vulns" in package for package in packages) else None


def main() -> int:
    for source in SOURCES:
        packages = ask(source)
        if packages is None:
            continue
        faulty = [package for package in packages if package.get("vulns")]
        unknown = [package["name"] for package in packages if "vulns" not in package]
        for package in faulty:
            advisories = ", ".join(vulnerability["id"] for vulnerability in package["vulns"])
            print(f"{package['name']} {package['version']} has known vulnerabilities: {advisories}.")
        print(f"{len(packages)} packages asked of {source}: {len(faulty)} with advisories, {len(unknown)} unknown to it.")
        return 1 if faulty else 0
    print(f"SKIPPED: the packages were not audited, for no advisory source is reachable ({', '.join(SOURCES)}).")
    return 0


if __name__ == "__main__":
    sys.exit(main())

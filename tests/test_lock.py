"""The locked packages: none below the version in which a published hole was closed, and none from an unnamed place.

Checked by hand, for want of the vulnerability service; `SECURITY.md` says how operators ask it.
"""

import re
from pathlib import Path

import pytest
from packaging.version import Version

LOCKED = re.compile(r"^([a-z0-9_.-]+)==(\S+) \\$", re.MULTILINE)
LOCKS = ("requirements.lock", "requirements-run.lock")
ROOT = Path(__file__).parent.parent

CLOSED_IN = {
    "aiohttp": "3.13.3",  # CVE-2025-69223 and its siblings: bodies that exhaust memory; 3.12.14: CVE-2025-53643
    "certifi": "2024.7.4",  # CVE-2024-39689: a root that is trusted no more
    "fonttools": "4.60.2",  # CVE-2025-66034: writing anywhere from a designspace file
    "h11": "0.16.0",  # CVE-2025-43859: request smuggling by chunked bodies
    "idna": "3.7",  # CVE-2024-3651: quadratic time
    "mako": "1.2.2",  # CVE-2022-40023: quadratic time
    "openpyxl": "2.4.2",  # CVE-2017-5992: external entities
    "orjson": "3.11.6",  # CVE-2025-67221: deep recursion; 3.9.15: CVE-2024-27454
    "pillow": "12.1.1",  # CVE-2026-25990: writing past the end in PSD; 11.3.0: CVE-2025-48379
    "pip": "25.3",  # CVE-2025-8869: links out of an sdist
    "pydantic": "2.4.0",  # CVE-2024-3772: quadratic time
    "pygments": "2.15.1",  # CVE-2022-40896: quadratic time
    "python-multipart": "0.0.22",  # CVE-2026-24486: paths; 0.0.18: CVE-2024-53981
    "setuptools": "78.1.1",  # CVE-2025-47273: paths
    "starlette": "0.49.1",  # CVE-2025-62727: Range headers; 0.47.2: CVE-2025-54121; 0.40.0: CVE-2024-47874
    "uvicorn": "0.11.7",  # CVE-2020-7694, 7695: headers and logs split
    "wheel": "0.46.2",  # CVE-2026-24049: permissions of files anywhere
}
"""By package, the first version without the newest hole that we know of; no substitute for asking the service."""


@pytest.mark.parametrize("name", LOCKS)
def test_no_locked_package_has_a_hole_that_is_known_here(name: str) -> None:
    content = (ROOT / name).read_text()
    locked = dict(LOCKED.findall(content))
    assert len(locked) > 30
    assert content.count("--hash=sha256:") >= len(locked), "each checked against what was looked at"
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host| @ ", content)
    old = {one: version for one, version in locked.items() if Version(version) < Version(CLOSED_IN.get(one, "0"))}
    assert old == {}


def test_the_running_bot_needs_few_packages() -> None:
    """Each is somebody whom everything here trusts."""
    running = dict(LOCKED.findall((ROOT / "requirements-run.lock").read_text()))
    assert len(running) <= 70
    assert {"pytest", "aiogram", "playwright", "hypothesis", "pip-tools"}.isdisjoint(running)

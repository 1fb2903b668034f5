"""The demo in a real browser: an employee writes, the supervisor taps, the group sees the chart."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
PATIENCE = 20_000
"""Milliseconds for what takes a skipped weekend."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo as `make demo` runs it, on a free port."""
    command = [sys.executable, "-m", "bot", "demo", "--headless", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONUNBUFFERED": "1"}
    folder = tmp_path_factory.mktemp("demo")
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        for line in demo.stdout:
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found:
                yield found[0]
                break
        else:
            pytest.fail("the demo printed no address")
        demo.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Chromium at /usr/bin/chromium")
        pytest.skip("no Chromium at /usr/bin/chromium: the page is not tested")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


def _skip(page: Page, to: str) -> None:
    page.locator(f'.skips [data-skip="{to}"]').click()


def test_a_week_on_the_page(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    ani = page.locator('[data-role="pegawai"]').first
    budi = page.locator('[data-role="atasan"]').first
    group = page.locator('[data-role="grup"]').first

    expect(ani.locator(".from-bot").last).to_contain_text("Hari ini mengerjakan apa saja?")
    ani.locator("[data-input]").fill("Rapat koordinasi persiapan musrenbang 2 jam")
    ani.locator("[data-send]").click()
    expect(ani.locator(".from-bot").last).to_contain_text("Rapat koordinasi persiapan musrenbang")

    _skip(page, "next")
    approve = budi.locator('.key:has-text("Setujui semua")').last
    expect(approve).to_be_visible()
    approve.click()
    expect(budi.locator(".from-bot").last).to_contain_text("Urungkan")

    _skip(page, "summary")
    expect(group.locator(".from-bot img").last).to_be_visible()
    expect(group.locator(".from-bot", has_text="Sasaran unit terhadap rencana").last).to_be_visible()
    page.close()


def test_one_phone_at_a_time_fits_a_small_screen(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("[data-tab]").first).to_be_visible()
    expect(page.locator('[data-role="pegawai"] [data-input]').first).to_be_in_viewport()
    page.close()

"""The real process among people at work, killed with -9 at any moment; and what has to be found afterwards."""

import pytest

pytest.register_assert_rewrite("tests.kills.findings")

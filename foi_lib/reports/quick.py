"""Imports that would take a second for what nobody here uses."""

from __future__ import annotations

import sys


def import_jsonschema() -> None:
    """Import jsonschema, which nbformat needs, without `rfc3987_syntax`.

    That package builds some forty grammars when it is imported (0.9 s) to check the syntax of internationalised addresses, which no
    notebook's schema asks for; jsonschema does without it where it is not installed.
    """
    name = "rfc3987_syntax"
    if "jsonschema" in sys.modules or name in sys.modules:
        return
    sys.modules[name] = None  # type: ignore[assignment]  # an import of it is now an ImportError
    try:
        import jsonschema  # type: ignore[import-untyped]  # noqa: F401
    finally:
        del sys.modules[name]

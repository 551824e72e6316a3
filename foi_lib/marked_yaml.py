"""YAML as text with places: every scalar stays as it was typed, and every key knows its line.

YAML's own guesses are the trouble with a file that people write: the label 1.10 becomes 1.1, `no` becomes False. Here all is text, and
the schema says what it means.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from foi_lib.errors import FoiError

Place = tuple[str | int, ...]
_DEEPEST, _MOST = 12, 100_000


def read_yaml(path: Path) -> tuple[Any, dict[Place, int]]:
    """The file's value (strings, lists, dicts; "" and "null" and "~" are None) and the line of each key, from 1."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FoiError(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise FoiError(f"{path}: cannot be read ({error.strerror})") from None
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f":{mark.line + 1}" if mark else ""
        hint = " (a text that holds ': ' or begins with a sign needs quotation marks)" if mark else ""
        raise FoiError(f"{path}{where}: not YAML: {error.problem or error.context}{hint}") from None
    except yaml.YAMLError as error:
        raise FoiError(f"{path}: not YAML: {' '.join(str(error).split())}") from None
    lines: dict[Place, int] = {}
    return (None if root is None else _value(root, (), lines, path)), lines


def _value(node: yaml.Node, place: Place, lines: dict[Place, int], path: Path) -> Any:
    lines.setdefault(place, node.start_mark.line + 1)
    if len(place) > _DEEPEST or len(lines) > _MOST:  # an alias that holds itself, or aliases of aliases that grow without end
        raise FoiError(f"{path}:{node.start_mark.line + 1}: too deep or too large: write it out without & and *")
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in found:
                raise FoiError(f"{path}:{line}: key {key!r} stands twice (first on line {lines[(*place, key)]}); keep one")
            lines[(*place, key)] = line
            found[key] = _value(value_node, (*place, key), lines, path)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*place, n), lines, path) for n, child in enumerate(node.value)]
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    return None if plain and node.value in ("", "~", "null") else node.value

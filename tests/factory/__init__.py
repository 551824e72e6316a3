"""The letter factory: from a seed, a letter with its labels; from a folder, a whole request of made-up councils."""

from .letter import make_letter
from .request import make_request

__all__ = ["make_letter", "make_request"]

"""Reading the factory's letters with the project's reader, and telling what went wrong in a form that can be worked through."""

from __future__ import annotations

import hashlib
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from foi_lib.documents.model import Document, Page

from .judge import Miss, Verdict, judge
from .letter import make_letter


def document(text: str, path: str = "letter.txt") -> Document:
    """A text as the reader of plain text would give it."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(path, sha256, "text/plain", text, (Page(1, 0, len(text)),))


def read_seeds(seeds: Iterable[int]) -> Verdict:
    """Read the letters of these seeds and hold each against its labels.

    No register knows their councils, so the reader is given a list of them, as a request's own authorities.csv would.
    """
    from foi_lib.letters import read_letter
    from foi_lib.reference import Authority

    made = [make_letter(seed) for seed in seeds]
    names = sorted({gold["authority"] or gold["authority_not_in_text"] for _, gold in made})
    bodies = tuple(Authority(f"X{n:08d}", name) for n, name in enumerate(names, 1))
    whole = Verdict()
    for text, gold in made:
        seed = gold["seed"]
        try:
            read = read_letter(document(text, f"seed-{seed}.txt"), extra_authorities=bodies).to_dict()
        except Exception as error:  # a reader that falls over is a miss like others, and the rest goes on
            place = traceback.extract_tb(error.__traceback__)[-1]
            whole.counts.update(crashes=1)
            whole.misses.append(Miss("crash", f"{Path(place.filename).name}:{place.lineno}", repr(error), seed))
            read = {}
        whole.add(judge(gold, read))
    return whole


def report(verdict: Verdict, examples: int = 3) -> str:
    """The shares, then the kinds of miss by frequency, each with a few seeds."""
    lines = [f"{name:24} {share}" for name, share in verdict.figures().items()]
    groups: dict[tuple[str, str], list[Miss]] = defaultdict(list)
    for miss in verdict.misses:
        groups[miss.what, miss.how].append(miss)
    lines.append(f"misses: {dict(Counter(miss.what for miss in verdict.misses).most_common())}")
    for (what, how), misses in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        silent = sum(miss.silent for miss in misses)
        lines.append(f"{len(misses):5}  {what:11} {how}" + (f"  ({silent} silent)" if silent else ""))
        lines += [f"         seed {miss.seed}: {miss.note}" for miss in misses[:: max(1, len(misses) // examples)][:examples]]
    return "\n".join(lines)

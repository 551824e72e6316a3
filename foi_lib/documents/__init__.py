"""One small reader a format: a file becomes a `Document`, its text with the place of every page, table and doubtful line.

`read_document(path)` reads one file, `read_documents(paths)` many with several workers. Neither raises for bad content: what
went wrong stands in `Document.problems`, and whatever could be read before it is kept with `partial=True`.
"""

from __future__ import annotations

from foi_lib.documents.limits import Limits
from foi_lib.documents.model import Cell, Document, Doubtful, Furniture, Page, Table
from foi_lib.documents.read import read_document, read_documents, walk

__all__ = ["Cell", "Document", "Doubtful", "Furniture", "Limits", "Page", "Table", "read_document", "read_documents", "walk"]

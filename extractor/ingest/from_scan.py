"""Scans: pages of a PDF without text, and pictures, read by Tesseract into the blocks that a PDF gives.

A recognised page becomes the same `Sheet` of words and ruling lines that a page with text is, and goes
the same way from there. What was read with doubt is said in notes.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.errors import EmptyFile, UnknownFormat
from extractor.ingest.limits import LIMITS, Limits
from extractor.ingest.ocr_engine import DPI, Engine, OcrMissing, Picture
from extractor.ingest.ocr_sheet import Doubt, Recognised, recognise
from extractor.ingest.pdf_blocks import make_blocks
from extractor.ingest.pdf_margins import set_apart_margins
from extractor.ingest.pdf_page import read_content
from extractor.ingest.pdf_shapes import PageContent
from extractor.ingest.pdf_sheet import Sheet
from extractor.ingest.pdf_tables import flow
from extractor.ingest.sniff import show_name
from extractor.model.source import Block, Note, Source

def read_scan_pdf(path, data, *, limits=LIMITS, password=None):
    from extractor.ingest.from_pdf import _open
    name=show_name(path)
    doc=_open(name,data,password)
    engine=Engine()
    pages=[]; doubts=[]
    for n in range(1,len(doc)+1):
        p=doc[n-1]
        pic=p.render(scale=DPI/72,grayscale=True).to_numpy()[:,:]
        pic=pic.reshape(pic.shape[:2]).copy()
        r=recognise(engine,pic,n,most_cells=limits.cells,name=name,seconds=30)
        pages.append(read_content(r.sheet,limits.cells,name)); doubts+=r.doubts
    margins=set_apart_margins(pages)
    items,rep=flow(pages)
    blocks=make_blocks(items,rep,margins,limits=limits,name=name)
    return Source(name=name,format="pdf",sha256=hashlib.sha256(data).hexdigest(),bytes=len(data),blocks=tuple(blocks),pages=len(pages),ocr=True)

"""Frozen, typed data that travels between the stages; no rules live here.

`source` is what a reader makes of a file, `outline` what the segmenter makes of that,
`plan` is the record (field names are fixed by the record's definition), `passage` is a
piece of text that remembers which letters of which block it is made of.
"""

"""Scans and images: pages, cells, words, and what recognition breaks."""

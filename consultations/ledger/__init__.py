"""The transparency log: an RFC 6962 tree, signed heads (C2SP), files anybody can verify.

Pure: it takes bytes and gives bytes, and knows nothing of what the entries are about.
"""

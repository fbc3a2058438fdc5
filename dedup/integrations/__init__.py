"""In other people's code: thin edges over the one core, each loaded by whoever uses it.

No module here is imported by the rest of the house, and none is needed by another; whoever imports
one has the library that it is for.
"""

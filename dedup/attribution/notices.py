"""Notices: whose copyright it is, that a text comes from a feed, that it stood elsewhere first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dedup.attribution.agency import Mention
from dedup.attribution.page import Group
from dedup.attribution.units import note
from dedup.records import Kind, Scope, SignKind

if TYPE_CHECKING:
    from dedup.attribution.page import Page
    from dedup.attribution.units import Unit

#: "Copyright lawyers" hold none.
_STATED = r"(?=©|\(c\)|copyright(?!\s(?!by\b|the\b)(?-i:[a-z]))|urheberrecht|derechos de autor)"
#: What may stand before it: all such marks, or none.
_COPYRIGHT = re.compile(rf"[\s(\[•*_⦁·\"“–—-]*+{_STATED}|{_STATED}", re.IGNORECASE)
_HOLDER = re.compile(
    r"(?:©|\(c\)|copyright|[\W\d])*(?:by )?(.+?)(?= L\.P\.| LP\b| Inc\b| Ltd\b| GmbH|[.,|]|\Z)",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?: ?(?:L\.P\.|LP|Inc\.?|Ltd\.?|GmbH|S\.?A\.?))?"
    r"(?:[.,\s–—|-]*(?:All rights reserved|Tous droits réservés|Alle Rechte vorbehalten"
    r"|Todos los derechos reservados|Tutti i diritti riservati|Todos os direitos reservados)\.?)?",
    re.IGNORECASE,
)
#: What goes back to a feed "in part" is the outlet's own for the rest.
_IN_PART = re.compile(
    r"\b(?:in part|partly|partially|en partie|zum teil|teilweise|en parte|in parte|em parte)\b",
    re.IGNORECASE,
)


def read_notice(page: Page, unit: Unit) -> bool:
    """Read a notice of a syndicated feed or of an earlier publication."""
    if not unit.names:
        return False
    if page.spot("syndicated", *unit.span):
        part = in_part(page, unit)
        kind = Kind.TAGLINE if part else Kind.SYNDICATION
        fed = [group for group in unit.groups if _is_agency(page, group)]
        if fed:  # "auto-generated from a PTI feed"
            note(page, fed, unit.span, kind)
        else:
            page.add(unit.span, "", kind, Scope.ARTICLE)
        if part:
            page.sign(*part.span(), SignKind.OWN_REPORTING)
        page.used.update(m.start for group in unit.groups for m in group.mentions)
        return True
    stated = page.spot("republished", *unit.span)
    if stated is None or page.text[unit.start : stated.start].rstrip().endswith(","):
        return False  # "claims, first published by the Mercury, that …"
    named = [group for group in unit.groups if group.start >= stated.start]
    if named:
        note(page, named, unit.span, Kind.REPUBLICATION)
    else:
        page.add(unit.span, "", Kind.REPUBLICATION, Scope.ARTICLE)
    return True


def _is_agency(page: Page, group: Group) -> bool:
    return all(page.catalogue.agencies[m.agency].is_agency for m in group.mentions)


def in_part(page: Page, unit: Unit) -> re.Match[str] | None:
    """Find where a line says that it holds for a part only."""
    return _IN_PART.search(page.text, *unit.span)


def read_copyright(page: Page, unit: Unit) -> bool:
    """Read a copyright line; say whether it is one, an agency's or not."""
    stated = _COPYRIGHT.match(page.text, *unit.span)
    if stated is None:
        return False
    groups = unit.groups or _holder(page, stated.end(), unit.end)
    if groups:
        rights = _RIGHTS.match(page.text, groups[-1].end, unit.end)
        note(page, groups, (stated.end(), rights.end() if rights else unit.end), Kind.COPYRIGHT)
    return True


def _holder(page: Page, start: int, end: int) -> tuple[Group, ...]:
    """Find who holds the copyright by its whole name: here "Bloomberg L.P." is the agency."""
    stated = _HOLDER.match(page.text, start, end)
    agency = page.catalogue.by_name(stated[1]) if stated else ""
    if not (stated and agency):
        return ()
    return (Group.of(Mention(*stated.span(1), agency, stated[1], needs_context=False)),)

"""The regulations that this program knows, and those that an office works under."""

import re
from collections.abc import Container
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.office import Office
from desktop.rules.catalogue import in_force, known_facts
from desktop.rules.facts import Dictionary, dictionary
from desktop.rules.regulation import Regulation
from desktop.services import identity
from desktop.services.law import law_texts
from desktop.services.law.carried import bundled as bundled
from desktop.services.law.carried import find, missing
from desktop.services.law.text import LawText, law_of


def catalogue(session: Session | None = None, on: date | None = None) -> dict[str, Regulation]:
    """Return all regulations by id: those of the program, and with a session what its database adopted and set.

    Of several versions of one regulation that which applies on the day (today) is given.
    """
    if session is None:
        return bundled()
    settings = law_texts.settings_of(session)
    found = law_texts.applying(law_texts.texts(session), on or date.today())
    return {name: law_texts.with_settings(text, settings) for name, text in found.items()}


def regulation(
    regulation_id: str, session: Session | None = None, on: date | None = None, version: str = "", tuned: bool = True
) -> Regulation:
    """Return one regulation as it applies on a day, or in the version an old decision names; NotFound otherwise.

    With `tuned` the office's own limits are put in where the text leaves them open.
    """
    if session is None:
        return find(regulation_id)
    text = text_of(session, regulation_id, on or date.today(), version)
    return law_texts.with_settings(text, law_texts.settings_of(session)) if tuned else law_of(text)


def text_of(session: Session, regulation_id: str, on: date, version: str = "") -> LawText:
    """Return the version of a regulation that applies on a day, or the one named; NotFound lists the regulations."""
    known = [text for text in law_texts.texts(session) if text.regulation == regulation_id]
    named = [text for text in known if version and text.version == version]
    # An archived text alone is what an office beneath works under: it is judged by its own rules.
    applying = law_texts.applying(known, on) or {text.regulation: text for text in known}
    found = named[0] if named else applying.get(regulation_id)
    if found is None:
        raise missing(regulation_id, {text.regulation for text in law_texts.texts(session)})
    return found


def fact_words(session: Session | None = None) -> Dictionary:
    """Return the dictionary of every fact that may be answered, those that adopted regulations add included."""
    return dictionary() if session is None else known_facts(law_of(one) for one in law_texts.texts(session))


def current(on: date, session: Session | None = None) -> list[Regulation]:
    """Return the regulations in force on a day."""
    return list(in_force(catalogue(session, on), on))


def chosen_regulations(session: Session, on: date | None = None) -> list[Regulation]:
    """Return the regulations that this office's profile names; none when it chose none."""
    known = catalogue(session, on)
    own = session.get(Office, identity.own_office_id(session))
    return [known[name] for name in (own.regulations if own is not None else []) if name in known]


def choosable(session: Session, on: date) -> list[tuple[Regulation, str]]:
    """Return the regulations an office may work under: all in force on the day and those it has chosen.

    Each with a note in brackets where it is not plainly in force, empty otherwise.
    """
    chosen = {law.id for law in chosen_regulations(session, on)}
    known = catalogue(session, on)
    valid = {law.id for law in in_force(known, on)}
    return [
        (law, _standing(law, on, valid))
        for law in known.values()
        if law.id in valid | chosen or law.effective_on is None
    ]


def _standing(law: Regulation, on: date, valid: Container[str]) -> str:
    if law.id in valid:
        return ""
    if law.effective_on is None:
        return "（原文没有写施行日期）"
    return f"（{law.effective_on.isoformat()}起施行）" if law.effective_on > on else "（已不再施行）"


def office_regulations(session: Session, on: date | None = None) -> list[Regulation]:
    """Return the regulations this office works under; one that chose none works under all in force on the day.

    Then those of its own region come first, the nearest to it before all, and one whose text writes no day on
    which it takes effect is among them; elsewhere such a one is worked under only when chosen.
    """
    chosen = chosen_regulations(session, on)
    if chosen:
        return chosen
    own = session.get(Office, identity.own_office_id(session))
    place = f"{own.region}{own.name}" if own is not None else ""
    undated = [law for law in catalogue(session, on).values() if law.effective_on is None and _nearness(law, place)]
    found = [*current(on or date.today(), session), *undated]
    return sorted(found, key=lambda law: -_nearness(law, place))


def of_place(place: str, on: date) -> list[Regulation]:
    """Return the regulations of the place that an office's region and name tell, and those of the regions around it.

    Of those in force on the day or without a day of effect, the nearest first; none where no text is of the place.
    """
    valid = [*current(on), *(law for law in bundled().values() if law.effective_on is None)]
    own = [law for law in valid if _names(place, _parts(law.region)[-1])]
    around = [law for law in valid if any(one.region.startswith(law.region) for one in own)]
    return [*own, *(law for law in around if law not in own)]


def _nearness(law: Regulation, place: str) -> int:
    """Return how many characters of the law's region the place names; one alone (南, 市) tells nothing."""
    return sum(len(part) for part in _parts(law.region) if _names(place, part))


def _parts(region: str) -> list[str]:
    """Return the places that a region names, from the largest; what a bracket adds is none."""
    return re.findall(r"[^省市区盟州县旗]+", re.sub(r"（.*?）", "", region)) or [""]


def _names(place: str, part: str) -> bool:
    return len(part) > 1 and part.removesuffix("自治") in place

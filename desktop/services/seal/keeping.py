"""Keeping seals: entering one, opening it, changing its passphrase, handing it over, taking it out of use."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.closing import LARGEST_SEAL, SMALLEST_SEAL
from desktop.documents.kind import Seal as SealImage
from desktop.documents.seal import diameter_note, load_seal
from desktop.documents.seal_image import clean_seal
from desktop.errors import BadInput, NotAllowed
from desktop.models.base import new_id
from desktop.models.seal import Seal
from desktop.services import records
from desktop.services.derived.subject import get
from desktop.services.office import own_office
from desktop.services.seal import register, vault

IN_USE, OUT_OF_USE = "在用", "已停用"
NO_LEGAL_SEAL = (
    "印章图像只是图片，不是《电子签名法》所说的可靠电子签名，也不是国家标准的电子印章；正式文件仍应加盖实物印章。"
)


def keep_seal(
    session: Session, image: Path, passphrase: str, issuer: str, keeper: str, diameter: float = 42.0, name: str = ""
) -> dict[str, Any]:
    """Enter a seal from its image (PNG or JPEG) and lock it; return the seal with `warnings` about its image.

    `issuer` is the organ as it signs, `diameter` in mm. BadInput names what cannot be taken; nothing is kept then.
    """
    issuer, keeper = _words(issuer, "用印机关", "issuer"), _words(keeper, "保管人", "keeper")
    clean = clean_seal(_image(image))
    side = _diameter(diameter)
    seal = Seal(
        id=new_id(),
        office_id=own_office(session).id,
        issuer=issuer,
        name=name.strip() or f"{issuer}印章",
        diameter_mm=side,
        keeper=keeper,
        state=IN_USE,
    )
    vault.put(session, seal.id, clean.png, passphrase)
    session.add(seal)
    session.flush()
    register.enter(session, seal, register.BEGUN)
    notes = [*clean.warnings, diameter_note(float(side)), NO_LEGAL_SEAL]
    return {**shown(session, seal), "warnings": [note for note in notes if note]}


def shown(session: Session, seal: Seal) -> dict[str, Any]:
    """Return a seal as a record, with `here`: whether this PC has its locked image."""
    return {**records.to_json(seal), "here": vault.is_here(session, seal.id)}


def seals(session: Session, issuer: str = "") -> list[dict[str, Any]]:
    """Return the seals, those in use first; with `issuer` those in use of that organ alone."""
    query = select(Seal).order_by(Seal.state != IN_USE, Seal.issuer, Seal.name, Seal.id)
    found = [shown(session, seal) for seal in session.scalars(query)]
    return [one for one in found if not issuer or (one["issuer"] == issuer and one["state"] == IN_USE)]


def open_seal(session: Session, seal_id: str, passphrase: str) -> tuple[Seal, SealImage]:
    """Return a seal and its image ready to be placed; BadInput for a wrong passphrase, NotAllowed out of use."""
    seal = _in_use(session, seal_id)
    png = vault.take(session, seal_id, passphrase)
    # Not through the cache: an opened image is forgotten with the paper it was for.
    return seal, load_seal.__wrapped__(png, float(seal.diameter_mm))


def change_passphrase(session: Session, seal_id: str, old: str, new: str) -> dict[str, Any]:
    """Lock a seal's image with another passphrase of the same keeper; BadInput when the old one is wrong."""
    seal = _in_use(session, seal_id)
    _relock(session, seal, old, new)
    register.enter(session, seal, register.RELOCKED)
    return shown(session, seal)


def hand_over(session: Session, seal_id: str, keeper: str, old: str, new: str) -> dict[str, Any]:
    """Hand a seal to another keeper, who gives a passphrase of their own; the former one opens it no more."""
    seal = _in_use(session, seal_id)
    former, keeper = seal.keeper, _words(keeper, "接收人", "keeper")
    if keeper == former:
        raise BadInput(f"“{keeper}”就是现在的保管人。只换口令请用“更换口令”。", "keeper")
    _relock(session, seal, old, new)
    seal.keeper = keeper
    register.enter(session, seal, register.HANDED_OVER, note=f"{former}移交给{keeper}")
    return shown(session, seal)


def stop(session: Session, seal_id: str, reason: str) -> dict[str, Any]:
    """Take a seal out of use for good: its locked image is deleted, its entries in the register stay."""
    seal = _in_use(session, seal_id)
    reason = _words(reason, "停用原因", "reason")
    seal.state = OUT_OF_USE
    register.enter(session, seal, register.STOPPED, note=reason)
    vault.discard(session, seal.id)
    return {**records.to_json(seal), "here": False}


def _relock(session: Session, seal: Seal, old: str, new: str) -> None:
    if new == old:
        raise BadInput("新口令和原口令相同。请换一个。", "passphrase")
    vault.put(session, seal.id, vault.take(session, seal.id, old), new)


def _in_use(session: Session, seal_id: str) -> Seal:
    seal = get(session, Seal, seal_id, "印章")
    if seal.state != IN_USE:
        raise NotAllowed(f"“{seal.name}”已经停用。", f"seals.{seal_id}")
    return seal


def _words(text: str, title: str, field: str) -> str:
    if not text.strip():
        raise BadInput(f"请填写{title}。", field)
    return text.strip()


def _diameter(diameter: float) -> Decimal:
    if not SMALLEST_SEAL <= diameter <= LARGEST_SEAL:
        raise BadInput(f"印章直径{diameter:g}毫米不合常规，应在20至60毫米之间。", "seal_diameter")
    return Decimal(str(round(diameter, 2)))


def _image(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"打不开印章图片：{path}。请检查文件名和位置。", "seal") from error

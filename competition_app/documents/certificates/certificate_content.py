"""What stands on a certificate: every variable as a plain value, and the sentence they make."""

from dataclasses import dataclass
from datetime import date

from competition_app.documents.paper.typesetting import Phrase


@dataclass(frozen=True, slots=True)
class CertificateContent:
    """One certificate. Texts are Chinese as printed; empty ones are left out of the sentence.

    ``name`` is the person or team it is given to, ``note`` follows it (（某队队员）), ``honorific`` is 同志,
    先生, 女士, 同学 or empty. ``award`` is the prize. ``issuers`` stand by rank from left to right.
    """

    serial: str
    name: str
    award: str
    contest: str
    event: str
    issued_on: date
    issuers: tuple[str, ...]
    organisation: str = ""
    honorific: str = "同志"
    note: str = ""
    theme: str = ""
    stage: str = ""
    remark: str = "成绩优异"
    title: str = ""
    closing: str = "特发此证，以资鼓励。"

    @property
    def suffix(self) -> str:
        """What follows the name in the address line."""
        return f"{self.note}{self.honorific}："

    @property
    def serial_note(self) -> str:
        """The number as printed beside the QR code."""
        return f"编号 {self.serial}"

    @property
    def scan_note(self) -> str:
        """What the QR code is for."""
        return "扫码可核验"

    @property
    def sentence(self) -> tuple[Phrase, ...]:
        """在“主题”竞赛赛项赛项决赛中，成绩优异，荣获: every variable a phrase, fixed words whole."""
        opening = f"在“{self.theme}”" if self.theme else "在"
        parts = (Phrase(opening), Phrase(self.contest), Phrase(self.event))
        remark = (Phrase(f"{self.remark}，", whole=True),) if self.remark else ()
        return (*parts, Phrase(f"{self._where}中，", whole=True), *remark, Phrase("荣获", whole=True))

    @property
    def event_sentence(self) -> tuple[Phrase, ...]:
        """The sentence without the contest, for layouts that name it above."""
        remark = (Phrase(f"{self.remark}，", whole=True),) if self.remark else ()
        return (
            Phrase("在"),
            Phrase(self.event),
            Phrase(f"{self._where}中", whole=True),
            *remark,
            Phrase("荣获", whole=True),
        )

    @property
    def _where(self) -> str:
        named = self.event.endswith(("赛项", "比赛", "竞赛"))
        return self.stage if named else f"赛项{self.stage}"

    @property
    def scanned(self) -> str:
        """The QR code's text: plain words first, since most people scan with a chat program."""
        return f"{self.title} {self.name} {self.award} 验真 {self.serial}"


def sentence_text(phrases: tuple[Phrase, ...]) -> str:
    """The phrases as one string."""
    return "".join(phrase.text for phrase in phrases)

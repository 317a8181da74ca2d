"""What stands in the XML of a Word document that its reader passes over, with the words it stands at."""

from news.word.findings import Findings

WORD = ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
ROOTS = {"document", "footnotes", "endnotes"}
BY_WORD = {
    "ins": "changes",
    "del": "changes",
    "moveFrom": "changes",
    "moveTo": "changes",
    "commentReference": "comments",
    "fldSimple": "fields",
    "ruby": "ruby",
    "altChunk": "objects",
}
BY_OTHERS = {"oMath": "formulas", "chart": "drawings", "relIds": "drawings", "OLEObject": "objects"}
SHOWN = 60


class Leftovers:
    """Listens to the parsing of one part; `findings` takes what is met. Names are "namespace local"."""

    def __init__(self, findings: Findings):
        self.findings = findings
        self.counts = False  # only what readers read
        self.above: list[str] = []
        self.paragraphs = 0
        self.words, self.met = "", []
        self.boxes = {"pict": 0, "drawing": 0}

    def start(self, name: str) -> None:
        namespace, _blank, local = name.rpartition(" ")
        of_word = namespace in WORD
        if not self.above:
            self.counts = of_word and local in ROOTS
        self.above.append(local)
        if not self.counts:
            return
        if of_word and local == "p":
            self.paragraphs += 1
        elif of_word and local == "txbxContent":
            self.boxes["pict" if "pict" in self.above else "drawing"] += 1
        elif kind := (BY_WORD if of_word else BY_OTHERS).get(local):
            # What was written or deleted is marked in the properties of its paragraph too; one word of it is enough.
            self.met.append(kind)

    def text(self, words: str) -> None:
        # The fallback says again what stands before it.
        if self.counts and self.above[-1] == "t" and "Fallback" not in self.above and len(self.words) < SHOWN:
            self.words += words

    def end(self, name: str) -> None:
        local = self.above.pop()
        if self.counts and local == "p" and name.rpartition(" ")[0] in WORD:
            self.paragraphs -= 1
        if self.counts and (self.paragraphs == 0 or not self.above):
            self._tell()

    def _tell(self) -> None:
        for kind in self.met:
            self.findings.add(kind, self.words)
        if lost := max(self.boxes["drawing"] - self.boxes["pict"], 0):
            self.findings.add("lost_text_boxes", self.words, lost)
        if self.boxes["pict"]:
            self.findings.add("text_boxes", self.words, self.boxes["pict"])
        self.words, self.met, self.boxes = "", [], {"pict": 0, "drawing": 0}

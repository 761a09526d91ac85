"""Follows every figure in this folder from its original to the report, and finds any changed byte: python verify.py"""
import csv, hashlib, io, json, re, sys, zipfile  # noqa: E401, I001 (one page, for who has never seen us)
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

MANIFEST = ""
COLUMNS = [(a + b).strip() for a in " ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
HERE, MAIN = Path(__file__).resolve().parent, "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

def number(text: object) -> float:  # `63,4 %`, `−14,6`
    return float(re.sub(r"[\s%x']", "", str(text)).replace(",", ".").replace("\u2212", "-"))

def lines(content: bytes, encoding: str = "utf-8-sig", delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))

def cells(content: bytes, how: dict[str, str]) -> dict[tuple[str, str], Any]:  # what stands in each (sheet, cell)
    if how["kind"] == "csv":
        rows = enumerate(lines(content, how["encoding"], how["delimiter"]), 1)
        return {("", f"{column}{y}"): cell for y, row in rows for column, cell in zip(COLUMNS, row, strict=False)}
    if how["kind"] == "json":
        nodes: list[tuple[str, Any]] = [("$", json.loads(content))]
        for path, node in nodes:  # which grows while it is read
            nodes += [(f"{path}.{key}", each) for key, each in node.items()] if isinstance(node, dict) else []
            nodes += [(f"{path}[{at}]", each) for at, each in enumerate(node)] if isinstance(node, list) else []
        return {("", path): node for path, node in nodes}
    book, held = zipfile.ZipFile(io.BytesIO(content)), {}
    xml = {name: fromstring(book.read(name)) for name in book.namelist() if name.endswith((".xml", ".rels"))}
    shared = ["".join(t.text or "" for t in si.iter(f"{MAIN}t")) for si in xml.get("xl/sharedStrings.xml", ())]
    parts = {one.get("Id"): one.get("Target", "").removeprefix("/xl/") for one in xml["xl/_rels/workbook.xml.rels"]}
    for sheet in xml["xl/workbook.xml"].iter(f"{MAIN}sheet"):
        for cell in xml[f"xl/{parts[sheet.get(LINK)]}"].iter(f"{MAIN}c"):
            plain = cell.findtext(f"{MAIN}v") or "".join(t.text or "" for t in cell.iter(f"{MAIN}t"))
            held[sheet.get("name", ""), cell.get("r", "")] = shared[int(plain)] if cell.get("t") == "s" else plain
    return held

def main(here: Path = HERE, manifest: str = MANIFEST) -> int:
    files = {path.relative_to(here).as_posix(): path.read_bytes() for path in here.rglob("*") if path.is_file()}
    told, before = json.loads(files["manifest.json"]), "0" * 64
    files["verify.py"] = re.sub(rb'(?m)^MANIFEST = "\w*"', b'MANIFEST = ""', files["verify.py"])  # cannot hold its sum
    made = told["files"] | {"manifest.json": manifest}
    wrong = sorted(name for name in files | made if hashlib.sha256(files.get(name, b"")).hexdigest() != made.get(name))
    for event in [] if wrong else json.loads(files.get("log.json", b"[]")):  # of other files the seals alone
        seal = hashlib.sha256(json.dumps(event.get("sealed"), ensure_ascii=False).encode()).hexdigest()
        wrong += [event["hash"]] * (event["previous"] != before or ("sealed" in event and seal != event["hash"]))
        before = event["hash"]
    read = {name: cells(files[name], how) for name, how in told["readers"].items() if not wrong}
    counts = dict.fromkeys(told["steps"], 0)
    value = {figure: float(printed) for figure, *_, printed in lines(files["figures.csv"])[1:] * (not wrong)}
    for figure, step, minus, file, sheet, cell, printed, within in lines(files["steps.csv"])[1:] * (not wrong):
        found, counts[step] = read[file].get((sheet, cell), "nan") if cell else printed, counts[step] + 1
        less = sum(value[part] * float(weight) for part, weight in (each.split(":") for each in minus.split()))
        if found != "" and not abs(number(found) - value[figure] + less) <= float(within):
            wrong.append(f"{figure}: {told['steps'][step]}")
    said = map("{}: {}".format, told["steps"].values(), counts.values())
    print(*wrong, *said, told["outcome"][bool(wrong)], sep="\n")  # noqa: T201
    return int(bool(wrong))

if __name__ == "__main__": sys.exit(main())  # noqa: E701

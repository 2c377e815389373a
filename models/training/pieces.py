"""Cuts files into pieces small enough to be carried to another machine and back, and puts them together again.

usage: pieces.py split MEGABYTES FOLDER FILE...
       pieces.py join FOLDER [TARGET_FOLDER]

FOLDER gets FILE.000, FILE.001, ... and FILE.sha256. A file is put together only where its checksum is right.
"""

import hashlib
import sys
from pathlib import Path

READ = 1 << 20


def split(megabytes: int, folder: Path, path: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    digest, number = hashlib.sha256(), 0
    with path.open("rb") as file:
        while content := file.read(megabytes * READ):
            digest.update(content)
            (folder / f"{path.name}.{number:03}").write_bytes(content)
            number += 1
    (folder / f"{path.name}.sha256").write_text(digest.hexdigest())


def join(folder: Path, target: Path) -> list[Path]:
    """The files that were put together. Raises ValueError where pieces are missing or damaged; what was there before then stays."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for checksum in sorted(folder.glob("*.sha256")):
        whole, digest = target / checksum.stem, hashlib.sha256()
        part = whole.with_name(f"{whole.name}.part")
        with part.open("wb") as file:
            for piece in sorted(folder.glob(f"{checksum.stem}.[0-9][0-9][0-9]")):
                content = piece.read_bytes()
                digest.update(content)
                file.write(content)
        if digest.hexdigest() != checksum.read_text():
            part.unlink()
            raise ValueError(f"The pieces of {checksum.stem} in {folder} are not all there or damaged: carry them again.")
        part.replace(whole)
        written.append(whole)
    return written


def main() -> None:
    match sys.argv[1:]:
        case ["split", megabytes, folder, *files] if files:
            for path in files:
                split(int(megabytes), Path(folder), Path(path))
        case ["join", folder, *target] if len(target) <= 1:
            print(*join(Path(folder), Path(target[0] if target else folder)), sep="\n")
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()

import tempfile
import unittest
from pathlib import Path

from pieces import join, split


class PiecesTest(unittest.TestCase):
    def test_pieces_make_the_file_again_or_say_that_they_do_not(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder, content = Path(name), bytes(range(256)) * 9000
            (folder / "packed.npz").write_bytes(content)
            split(1, folder / "pieces", folder / "packed.npz")
            self.assertEqual(len(list((folder / "pieces").glob("*.00?"))), 3)
            self.assertEqual(join(folder / "pieces", folder / "back")[0].read_bytes(), content)
            (folder / "pieces" / "packed.npz.001").unlink()
            with self.assertRaisesRegex(ValueError, "packed.npz"):
                join(folder / "pieces", folder / "back")
            self.assertEqual((folder / "back" / "packed.npz").read_bytes(), content)


if __name__ == "__main__":
    unittest.main()

"""What one piece of a line says about the pieces after it."""

from dataclasses import dataclass

from models.reading.lexicon import grammar
from models.reading.pieces import AND, COMMA, LINE, SENTENCE, Piece, norm_at


@dataclass(slots=True)
class Flow:
    """``before``: the piece that the last activity came from; ``ahead``: it is announced for later; ``idle``: it is a
    reason, not work; ``hinders``: it begins what stood in the way; ``lists``: it ends in a colon and a list of details.
    """

    before: Piece | None = None
    ahead: bool = False
    idle: bool = False
    lists: bool = False
    hinders: bool = False

    def skips(self, piece: Piece, *, dated: bool, hinders: bool) -> bool:
        """Move on to a piece; True when it is the second half of a reason, or of what stood in the way."""
        if dated or piece.joint in (SENTENCE, LINE):
            self.ahead = self.hinders = False
        self.hinders = self.hinders or hinders
        if self.hinders:
            return True
        if piece.joint == AND and self.idle:
            return True
        self.idle = norm_at(piece.tokens, 0) in grammar("subordinate")
        self.lists = self.lists and piece.joint in (COMMA, AND)
        return False

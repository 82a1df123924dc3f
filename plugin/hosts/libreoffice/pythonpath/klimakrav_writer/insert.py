"""Puts into the open document what the library would have put into the file: same text, same place, as a
recorded change and one undo step. Where and what is the library's decision; here it is only repeated.
"""
from com.sun.star.beans.PropertyState import DIRECT_VALUE
from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK

from . import document

BOLD, YELLOW, NO_COLOUR = 150.0, 0xFFFF00, -1
PARAGRAPH = ("ParaStyleName", "ParaAdjust", "ParaLeftMargin", "ParaRightMargin", "ParaFirstLineIndent",
             "ParaTopMargin", "ParaBottomMargin", "ParaLineSpacing", "NumberingRules", "NumberingLevel", "NumberingStyleName")
LETTERS = ("CharFontName", "CharHeight", "CharFontStyleName", "CharLocale")


def added(before, after):
    """Walks two lists of paragraphs, the second being the first with more put in: yields
    (index in after, index in before of the paragraph that it follows, -1 at the start)."""
    j = 0
    rest = [(p.text, p.cell is not None) for p in before]
    tail = [(p.text, p.cell is not None) for p in after]
    extra = len(tail) - len(rest)
    for i, here in enumerate(tail):
        same = j < len(rest) and here == rest[j]
        # Of two equal ones at the seam the old one is the one after which everything still fits.
        if same and (extra == 0 or tail[i:i + 3] == rest[j:j + 3] or tail[i + 1:i + 2] != rest[j:j + 1]):
            j += 1
        elif extra > 0:
            extra -= 1
            yield i, j - 1
        else:
            j += 1


def copy(names, source, target):
    """Properties that were set on the source itself; what the style says comes with the style."""
    for name in names:
        try:
            if name == "ParaStyleName" or source.getPropertyState(name) == DIRECT_VALUE:
                target.setPropertyValue(name, source.getPropertyValue(name))
        except Exception:  # a property that this kind of paragraph does not have
            continue


class Dresser:
    """Finds a paragraph in the document that looks as the new one should."""

    def __init__(self, model, before, found, places):
        self.model, self.before, self.found, self.places = model, before, found, places

    def sibling(self, new, near):
        """Nearest old paragraph, upwards first, of the same style, level and kind."""
        def fits(k):
            p = self.before[k]
            return (p.style == new.style and p.heading == new.heading and p.listed == new.listed
                    and p.cell is None and p.text.strip() and self.found[k] is not None)
        order = list(range(near, -1, -1)) + list(range(near + 1, len(self.before)))
        k = next((k for k in order if fits(k)), None)
        return None if k is None else self.places[self.found[k]].range

    def fallback(self, new):
        styles = self.model.getStyleFamilies().getByName("ParagraphStyles")
        if new.heading:
            return "Heading %d" % new.heading
        if new.listed and styles.hasByName("List Bullet"):
            return "List Bullet"
        return "Standard"

    def dress(self, target, new, near):
        like = self.sibling(new, near)
        if like is None:
            target.ParaStyleName = self.fallback(new)
            return
        copy(PARAGRAPH, like, target)
        portions = like.createEnumeration()
        while portions.hasMoreElements():
            portion = portions.nextElement()
            if portion.getString().strip():
                copy(LETTERS, portion, target)
                break


def write(text, cursor, new):
    """The words of one paragraph: bold where the clause is, highlighted where somebody must fill in."""
    plain = cursor.CharWeight
    marks = sorted({0, len(new.text)}.union(*new.bold, *new.open))
    for begin, end in zip(marks, marks[1:]):
        cursor.gotoRange(cursor.getEnd(), False)
        text.insertString(cursor, new.text[begin:end], True)
        cursor.CharWeight = BOLD if any(b <= begin < e for b, e in new.bold) else plain
        cursor.CharHighlight = YELLOW if any(b <= begin < e for b, e in new.open) else NO_COLOUR
        cursor.collapseToEnd()


def fill(cell, paragraphs):
    """The words of a cell, as many paragraphs as it has."""
    cursor = cell.createTextCursor()
    for i, new in enumerate(paragraphs):
        cursor.gotoEnd(False)
        if i or cell.getString():
            cell.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        write(cell, cursor, new)


def _column(name):
    letters = "".join(c for c in name if c.isalpha())
    value = 0
    for c in letters:
        value = value * 26 + (ord(c.upper()) - 64)
    return value - 1


def _row(name):
    return int("".join(c for c in name if c.isdigit())) - 1


class Inserter:
    """One insertion into one document."""

    def __init__(self, model, before, after):
        self.model, self.before, self.after = model, before, after
        self.places = document.spots(model)
        self.found = document.align([p.text for p in before], self.places)
        self.dresser = Dresser(model, before, self.found, self.places)

    def anchor(self, index):
        while index >= 0 and self.found[index] is None:
            index -= 1
        return None if index < 0 else self.places[self.found[index]]

    def groups(self):
        """Runs of new paragraphs after one old one: (old index, [new paragraphs])."""
        out = []
        for i, after in added(self.before, self.after):
            if out and out[-1][0] == after and out[-1][2] == i - 1:
                out[-1][1].append(self.after[i])
                out[-1][2] = i
            else:
                out.append([after, [self.after[i]], i])
        return [(after, new) for after, new, _ in out]

    def run(self):
        """Puts everything in, the last place first so that the places before keep their meaning."""
        groups = self.groups()
        for after, new in reversed(groups):
            old_table = self.before[after].cell if after >= 0 else None
            in_table = [p for p in new if p.cell is not None]
            if in_table and old_table is not None and in_table[0].cell[0] == old_table[0]:
                rows = [p for p in new if p.cell is not None]
                self.rows(self.anchor(after), rows)
                new = [p for p in new if p.cell is None]
            self.blocks(after, new)
        return sum(len(new) for _, new in groups)

    def rows(self, spot, new):
        """New rows under the row of an old cell, cell by cell as the library filled them."""
        table, row = spot.table, _row(spot.cell)
        by_row = {}
        for p in new:
            by_row.setdefault(p.cell[1], {}).setdefault(p.cell[2], []).append(p)
        for k, number in enumerate(sorted(by_row)):
            table.getRows().insertByIndex(row + 1 + k, 1)
            cells = [n for n in table.getCellNames() if _row(n) == row + 1 + k]
            above = {_column(n): table.getCellByName(n) for n in table.getCellNames() if _row(n) == row}
            position, at = {}, 0
            for column in sorted(by_row[number]):
                position[column] = at
                at += 1
            for column, paragraphs in by_row[number].items():
                name = next((n for n in cells if _column(n) == position[column]), None)
                if name is None:
                    continue
                cell = table.getCellByName(name)
                cursor = cell.createTextCursor()
                like = above.get(position[column])
                if like is not None:
                    first = like.createEnumeration().nextElement()
                    copy(PARAGRAPH, first, cursor)
                fill(cell, paragraphs)

    def blocks(self, after, new):
        """New paragraphs, and new tables, after an old paragraph or after the table it stands in."""
        if not new:
            return
        text = self.model.getText()
        spot = self.anchor(after)
        table = None
        while spot is not None and spot.table is not None:
            table = spot.table
            spot = self.places_of(table)
        previous = table if table is not None else (spot.range if spot is not None else None)
        k = 0
        while k < len(new):
            if new[k].cell is None:
                previous = self.paragraph(text, previous, new[k], after)
                k += 1
                continue
            number, rows = new[k].cell[0], []
            while k < len(new) and new[k].cell is not None and new[k].cell[0] == number:
                rows.append(new[k])
                k += 1
            previous = self.table(text, previous, rows, after)

    def places_of(self, table):
        """The spot that holds a nested table, None for a table of the body."""
        anchor = table.getAnchor()
        try:
            if anchor.TextTable is not None and anchor.Cell is not None:
                return Outer(anchor)
        except AttributeError:
            pass
        return None

    def paragraph(self, text, previous, new, near):
        if previous is None:
            start = text.createTextCursor()
            text.insertControlCharacter(start, PARAGRAPH_BREAK, False)
            target = text.createTextCursorByRange(text.getStart())
        elif previous.supportsService("com.sun.star.text.TextTable"):
            block = self.model.createInstance("com.sun.star.text.Paragraph")
            text.insertTextContentAfter(block, previous)
            target = text.createTextCursorByRange(block.getAnchor())
        else:
            cursor = text.createTextCursorByRange(previous.getEnd())
            text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
            cursor.collapseToEnd()
            target = cursor
        target.gotoEndOfParagraph(False)
        self.dresser.dress(target, new, near)
        write(text, target, new)
        last = text.createTextCursorByRange(target.getEnd())
        return last

    def table(self, text, previous, rows, near):
        n_rows = len({p.cell[1] for p in rows})
        n_cols = 1 + max(p.cell[2] + p.span - 1 for p in rows)
        table = self.model.createInstance("com.sun.star.text.TextTable")
        table.initialize(n_rows, n_cols)
        if previous is None or previous.supportsService("com.sun.star.text.TextTable"):
            empty = self.model.createInstance("com.sun.star.text.Paragraph")
            if previous is None:
                text.insertTextContentBefore(empty, text.createEnumeration().nextElement())
            else:
                text.insertTextContentAfter(empty, previous)
            previous = empty.getAnchor()
        cursor = text.createTextCursorByRange(previous.getEnd())
        text.insertTextContent(cursor, table, False)
        first = min(p.cell[1] for p in rows)
        for p in rows:
            cell = table.getCellByPosition(p.cell[2], p.cell[1] - first)
            fill(cell, [p])
        return table


class Outer:
    """Stands for the paragraph around a nested table."""

    def __init__(self, anchor):
        self.range, self.table, self.cell = anchor, anchor.TextTable, anchor.Cell.CellName


def recorded(model, title, action):
    """Runs the action as recorded changes and one undo step; takes it back if it fails."""
    undo = model.getUndoManager()
    was = model.RecordChanges
    undo.enterUndoContext(title)
    done = False
    try:
        model.RecordChanges = True
        result = action()
        done = True
        return result
    finally:
        model.RecordChanges = was
        undo.leaveUndoContext()
        if not done and undo.isUndoPossible() and undo.getCurrentUndoActionTitle() == title:
            undo.undo()

#!/usr/bin/env python3
"""Checks the Norwegian texts of rule files and message lists with hunspell; called by check.sh.

Knows the rule file format only as far as xml:lang and a few element names. Test phrases (hit, miss,
fires, silent, example), words and regexes are left out: they may be odd on purpose. A message list is
a file of KK_M(ID, "bokmål", "nynorsk", "English") entries, whatever the letter; in a script the ID stands
in quotes.
"""
import re
import subprocess
import sys
from xml.parsers import expat

FORMS = {'nb': 'nb_NO', 'nn': 'nn_NO'}
OTHER = {'nb': 'nn', 'nn': 'nb'}
NAMES = {'nb': 'bokmål', 'nn': 'nynorsk'}
LEFT_OUT = {'hit', 'miss', 'fires', 'silent', 'example', 'word', 'regex'}
LETTERS = '[A-Za-zÀ-ÖØ-öø-ÿ]+'
WORD = re.compile(f'{LETTERS}(?:-{LETTERS})*')
ADDRESS = re.compile(r'https?://\S+')
# Letters glued to a figure (CO2e, B35, m2) and units are no words of the language.
FIGURE = re.compile(r'\S*\d\S*')
UNIT = re.compile(r'\b(?:kWh|MWh|kW|kWp|kg|km|tkm|kr|lm|ml|cm|mm|dB|stk|nr|jf|mv|pst|inkl|ca|bl|kap|Pa)\b')


def texts_of(path):
    """Yields (form, line, text) for every text that has a Norwegian form, fields left out."""
    found = []
    stack = []  # (form, left out, line)
    parser = expat.ParserCreate()

    def start(name, attributes):
        form, out, _ = stack[-1] if stack else (None, False, 0)
        form = attributes.get('xml:lang', form)
        out = out or name in LEFT_OUT
        line = parser.CurrentLineNumber
        stack.append((form, out, line))
        if form in FORMS and not out:
            found.append((form, line, ' ' + attributes.get('default', '') + ' '))

    def end(_name):
        stack.pop()

    def data(text):
        form, out, _ = stack[-1]
        if form in FORMS and not out:
            found.append((form, parser.CurrentLineNumber, text))

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    with open(path, 'rb') as file:
        parser.ParseFile(file)
    return found


# One entry: three strings, each of them one or more literals side by side.
LITERALS = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
ENTRY = re.compile(r'^KK_[A-Z]\("?\w+"?,\s*' + LITERALS + r',\s*' + LITERALS + ',', re.MULTILINE)
FORMAT = re.compile(r'%[-0-9.*]*[a-z]+|\{\d\}|\\.|--[a-z-]+|KK_\w+')


def messages_of(path):
    """Yields (form, line, text) for every entry of a message list."""
    with open(path, encoding='utf-8') as file:
        source = file.read()
    found = []
    for entry in ENTRY.finditer(source):
        line = source.count('\n', 0, entry.start()) + 1
        for form, literals in (('nb', entry.group(1)), ('nn', entry.group(2))):
            text = ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', literals))
            found.append((form, line, FORMAT.sub(' ', text)))
    if not found:
        raise OSError('no KK_M(ID, "...", "...", "...") entry')
    return found


def words_of(text):
    """Words to look up, one per part of a hyphenated word; the ending of "EPD-en" is not one."""
    text = text.replace('\u00ad', '').replace('\u2011', '-')
    text = UNIT.sub(' ', FIGURE.sub(' ', ADDRESS.sub(' ', text)))
    for match in WORD.finditer(text):
        before = ''
        for part in match.group().split('-'):
            if len(part) > 1 and not part.isupper() and not before.isupper():
                yield part
            before = part


def unknown(words, dictionary):
    """The words hunspell does not know, as a set."""
    run = subprocess.run(['hunspell', '-i', 'utf-8', '-d', dictionary, '-l'], text=True,
                         input='\n'.join(sorted(words)) + '\n', capture_output=True, check=True,
                         encoding='utf-8')
    return set(run.stdout.split())


def read_list(path):
    """Reviewed words, lower case. Complains when the list is not sorted or holds a word twice."""
    with open(path, encoding='utf-8') as file:
        words = [line.strip() for line in file if line.strip() and not line.startswith('#')]
    if words != sorted(set(words)):
        print(f'{path}: not sorted by code point, or a word stands twice')
        return None
    return {word.lower() for word in words}


def main(here, paths):
    seen = {form: {} for form in FORMS}
    for path in paths:
        try:
            reader = messages_of if path.endswith(('.h', '.js')) else texts_of
            for form, line, text in reader(path):
                for word in words_of(text):
                    seen[form].setdefault(word, []).append((path, line))
        except (OSError, expat.ExpatError) as error:
            print(f'{path}: {error}')
            return 2
    bad = 0
    for form, places in seen.items():
        reviewed = read_list(f'{here}/words-{form}.txt')
        if reviewed is None:
            return 2
        odd = {word for word in unknown(places, FORMS[form]) if word.lower() not in reviewed}
        foreign = unknown(odd, FORMS[OTHER[form]]) if odd else set()
        for word in sorted(odd):
            path, line = places[word][0]
            note = '' if word in foreign else f' (only {NAMES[OTHER[form]]} knows it)'
            print(f'{path}:{line}: {NAMES[form]}: {word}{note}, {len(places[word])} time(s)')
        bad += len(odd)
        print(f'{NAMES[form]}: {len(places)} different words, {len(odd)} unknown')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2:]))

#!/bin/sh
# Spelling and language form of the Norwegian texts of the rule bank and of the messages: bokmål against hunspell's nb_NO,
# nynorsk against nn_NO, each with a reviewed list of domain words (words-nb.txt, words-nn.txt).
# A word that only the other form knows fails, and the report says so.
# Usage: check.sh [file ...]      default: every file of rules/bank and the message lists
# Exit: 0 clean, 1 unknown words, 2 usage or broken input, 77 skipped (hunspell or a word list is missing)
here=$(cd "$(dirname "$0")" && pwd) || exit 2
bank=$here/../../rules/bank
plugin=$here/../../plugin

skip()
{
    echo "SKIPPED: $1"
    exit 77
}

command -v python3 >/dev/null || skip "python3 is not installed"
command -v hunspell >/dev/null || skip "hunspell is not installed (Debian: hunspell hunspell-no)"
for form in nb_NO nn_NO; do
    echo "og" | hunspell -d "$form" -l >/dev/null 2>&1 ||
        skip "hunspell has no dictionary $form (Debian: hunspell-no)"
done
if [ $# -eq 0 ]; then
    set -- "$bank"/*.xml
    for list in "$plugin/core/message_list.h" "$plugin/core/message_notice.h" \
        "$plugin/hosts/cli/text_list.h" "$plugin/hosts/web/page/texts.js" \
        "$plugin/hosts/word/pane/words.js"; do
        [ ! -f "$list" ] || set -- "$@" "$list"
    done
fi
exec python3 "$here/spelling.py" "$here" "$@"

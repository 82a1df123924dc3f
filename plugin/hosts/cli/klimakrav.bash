# Completion of klimakrav for bash. Options are read from the program's own help.
_klimakrav()
{
    local cur prev command i
    cur=${COMP_WORDS[COMP_CWORD]}
    prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    command=
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        audit | check | notice | insert | serve | update | watch | withdraw | release | receipt | classify | requirements | text | limits | rules)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    case $prev in
    --fail-on) COMPREPLY=($(compgen -W 'error warning info never' -- "$cur")); return ;;
    --lang) COMPREPLY=($(compgen -W 'nb nn en' -- "$cur")); return ;;
    --clause-lang) COMPREPLY=($(compgen -W 'nb nn' -- "$cur")); return ;;
    --level) COMPREPLY=($(compgen -W 'basis avansert spydspiss' -- "$cur")); return ;;
    --progress) COMPREPLY=($(compgen -W 'auto always never' -- "$cur")); return ;;
    --format) COMPREPLY=($(compgen -W 'text json sarif html junit csv github' -- "$cur")); return ;;
    --rules | --backup | --output-dir) COMPREPLY=($(compgen -d -- "$cur")); return ;;
    esac
    if [[ -z $command && $cur != -* ]]; then
        COMPREPLY=($(compgen -W 'audit check notice insert serve update watch withdraw release receipt classify requirements text limits rules' \
            -- "$cur"))
    elif [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$(klimakrav $command --help 2>/dev/null |
            grep -o -e '--[a-z][a-z-]*' | sort -u)" -- "$cur"))
    elif [[ $command == rules && $prev == rules ]]; then
        COMPREPLY=($(compgen -W 'list show lint test coverage' -- "$cur"))
    else
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$cur"))
    fi
}
complete -F _klimakrav klimakrav

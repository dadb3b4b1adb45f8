#!/bin/sh
# Starts the version of CCHC Desktop that the file `current` beside this one names. On a machine where the system
# holds the program, a user's own updates lie in a folder of the user's with the same shape, and the higher
# version of the two starts; whatever is missing or broken there doesn't count.
here=$(dirname -- "$(readlink -f -- "$0")")
system=/opt/cchc-desktop

# The version that `current` in the folder $1 names, if that version is there.
named_in() {
    [ -f "$1/current" ] || return 1
    named=
    IFS= read -r named <"$1/current"
    case $named in
    '' | *[!0-9.]* | .* | *. | *..*) return 1 ;;
    esac
    [ -f "$1/versions/$named/files.json" ] && [ -x "$1/versions/$named/cchc" ]
}

# Is version $1 higher than version $2, number by number?
higher() {
    left=$1. right=$2.
    while [ -n "$left" ] || [ -n "$right" ]; do
        l=${left%%.*} r=${right%%.*}
        [ "${l:-0}" -gt "${r:-0}" ] && return 0
        [ "${l:-0}" -lt "${r:-0}" ] && return 1
        left=${left#*.} right=${right#*.}
    done
    return 1
}

folder= version=
if named_in "$here"; then
    folder=$here version=$named
fi
if [ "$here" = "$system" ]; then
    own=${XDG_DATA_HOME:-${HOME:-/nonexistent}/.local/share}/cchc-desktop/program
    if named_in "$own" && { [ -z "$version" ] || higher "$named" "$version"; }; then
        folder=$own version=$named
    fi
fi
if [ -z "$version" ]; then
    echo "Không tìm thấy chương trình CCHC Desktop trong thư mục $here. Cài lại chương trình; dữ liệu của đơn vị vẫn nguyên." >&2
    exit 2
fi
exec "$folder/versions/$version/cchc" "$@"

#!/bin/sh
# The rules of the house that no compiler knows. Run by `make check`, from the repository's root.
#
#   core/base <- core/kernels <- core/nn <- core/model <- core/task, core/train, core/explain
#   tokenizer, viz -> core/base only        weights -> core/base, core/model
#   tools, tests   -> anything
#
# and in these rooms: the system is called by core/base/system.c alone, memory comes from core/base/memory.c
# alone, nothing is printed, nobody exits.

bad=0
say() {
    echo "check_includes: $*" >&2
    bad=$((bad + 1))
}

# The rooms that a file of room $1 may include from, itself among them; "any" for tools and tests.
may_include() {
    base="core/base"
    model="$base core/kernels core/nn core/model"
    case $1 in
    core/base) echo "$base" ;;
    core/kernels) echo "$base core/kernels" ;;
    core/nn) echo "$base core/kernels core/nn" ;;
    core/model) echo "$model" ;;
    core/task | core/train | core/explain) echo "$model $1" ;;
    tokenizer | viz) echo "$base $1" ;;
    weights) echo "$base core/model $1" ;;
    tools | tests) echo any ;;
    *) echo none ;;
    esac
}

# "core/nn" of core/nn/gelu.c, "viz" of viz/svg.h.
room() {
    case $1 in
    core/*/*) echo "$1" | cut -d/ -f1,2 ;;
    *) echo "${1%%/*}" ;;
    esac
}

check_directions() {
    for file in $(find core tokenizer weights viz tools tests -name '*.[ch]' 2>/dev/null); do
        allowed=$(may_include "$(room "$file")")
        [ "$allowed" = none ] && say "$file: lies in no room of the house"
        [ "$allowed" = any ] && continue
        for header in $(sed -n 's/^[ \t]*#[ \t]*include[ \t]*"\([^"]*\)".*/\1/p' "$file"); do
            case $header in
            */*) ;;
            *) say "$file: \"$header\": write the path from the repository's root" && continue ;;
            esac
            case " $allowed " in
            *" $(room "$header") "*) ;;
            *) say "$file includes $header: this arrow points the wrong way (allowed: $allowed)" ;;
            esac
        done
    done
}

# C without comments, strings and character constants, each line after "file:line: ".
bare_code() {
    awk '
    FNR == 1 { comment = 0 }
    {
        line = $0; out = ""
        while (line != "") {
            if (comment) {
                at = index(line, "*/")
                if (!at) break
                line = substr(line, at + 2); comment = 0
            } else if (match(line, /\/\*|\/\/|"(\\.|[^"\\])*"|\047(\\.|[^\047\\])*\047/)) {
                found = substr(line, RSTART, 2)
                out = out substr(line, 1, RSTART - 1) " "
                line = substr(line, RSTART + RLENGTH)
                if (found == "//") break
                if (found == "/*") comment = 1
            } else { out = out line; break }
        }
        print FILENAME ":" FNR ": " out
    }' "$@"
}

# No call of the functions $2 (an alternation) in the library, outside the files $3; $1 says why.
forbid() {
    hits=$(printf '%s\n' "$code" | grep -E "(^|[^A-Za-z0-9_.>])($2)[ ]*\(" | grep -v "^$3:")
    [ -z "$hits" ] && return
    say "$1:"
    printf '%s\n' "$hits" | sed 's/^/    /' >&2
}

check_calls() {
    library=$(find core tokenizer weights viz tools/pipeline -name '*.[ch]' 2>/dev/null)
    code=$(bare_code $library)
    forbid "the system is called by core/base/system.c alone" \
        'f?open|openat|creat|freopen|fdopen|opendir|mmap|stat|fstat|lstat|unlink|rename|pread|pwrite' core/base/system.c
    forbid "memory comes from core/base/memory.h" 'malloc|calloc|realloc|free|aligned_alloc|posix_memalign' core/base/memory.c
    forbid "this allocates behind our back, or changes the locale" \
        'strn?dup|getline|getdelim|v?asprintf|open_memstream|setlocale' ''
    forbid "this depends on the locale; core/base/json.h and buffer.h read and write numbers" \
        'strto[fd]|strtold|atof' 'core/base/[a-z]*.c'
    forbid "the library never prints" 'v?f?printf|f?puts|f?putc|putchar|perror|fwrite' core/base/file.c
    forbid "the library never exits" '_?exit|_Exit|abort|quick_exit' ''
    headers=$(printf '%s\n' "$library" | grep -vE '^core/base/(file[a-z_]*|system)\.[ch]$' |
        xargs grep -nE '^[ \t]*#[ \t]*include <(fcntl|dirent|sys/stat|sys/mman)\.h>')
    [ -z "$headers" ] || say "only core/base/file*.c and system.c need these headers:
$headers"
}

check_directions
check_calls
[ "$bad" -eq 0 ] && echo "check_includes: all arrows point the right way"
[ "$bad" -eq 0 ]

#!/bin/sh
# Prints which lines and branches of the library and of the command the tests have reached, and which they have
# not. `make coverage` builds into $BUILD with gcc's --coverage and runs the tests first.
#
# A file that is built for several instruction sets counts once: what one of them reaches is reached. A switch
# over all values of an enumeration has a branch that no value takes, where it has no default; it does not count.
#
# Exit status 1 unless all branches of the files that read or escape, and 95 % of all lines, are reached.
BUILD=${BUILD:-build-coverage}
PARSERS='core/base/json*.c core/base/utf8.c core/base/buffer.c core/base/deflate.c core/base/line_reader.c
    weights/config_json.c weights/config_labels.c weights/safetensors.c weights/shards.c weights/npy.c weights/npz.c
    weights/zip.c tokenizer/*_read.c tokenizer/*_json.c tokenizer/component.c tokenizer/vocabulary.c
    tokenizer/added_tokens.c tokenizer/charsmap.c tokenizer/post_processor.c tokenizer/settings.c
    tokenizer/token_model.c tools/pipeline/inputs.c tools/pipeline/sentence_*.c tools/cli/options.c
    viz/sign.c viz/svg.c'
must=$(ls $PARSERS 2>/dev/null | tr '\n' ' ')

# Lines "file line" of every switch without a default.
closed_switches() {
    awk '
    FNR == 1 { depth = 0 }
    /^ *switch / { depth++; at[depth] = FNR; match($0, /^ */); indent[depth] = RLENGTH; open[depth] = 1 }
    depth && /^ *default:/ { match($0, /^ */); if (RLENGTH == indent[depth]) open[depth] = 0 }
    depth && /^ *}/ { match($0, /^ */); if (RLENGTH == indent[depth]) {
        if (open[depth]) print FILENAME, at[depth]
        depth--
    } }' "$@"
}

sources=$(find core tokenizer weights viz tools -name '*.[ch]')
closed_switches $sources >"$BUILD/switches"
find "$BUILD" -name '*.gcno' ! -path "$BUILD/tests/*" | while read -r notes; do
    gcov --stdout --branch-probabilities --branch-counts --relative-only "$notes" 2>/dev/null
done | awk -v must="$must" -v switches="$BUILD/switches" '
    BEGIN { while ((getline line < switches) > 0) { split(line, part, " "); closed[part[1], part[2]] = 1 } }
    function number(text) { sub(/\*$/, "", text); return text + 0 }
    /^ *-: *0:Source:/ { sub(/.*Source:/, ""); file = $0; next }
    /^ *[^:]+: *[0-9]+:/ {
        split($0, part, ":")
        count = part[1]; line = part[2] + 0; branch = 0
        gsub(/ /, "", count)
        if (count == "-") next
        lines[file, line] = 1
        if (count !~ /^[#=]/ && number(count) > 0) hit[file, line] = 1
        files[file] = 1; if (line > last[file]) last[file] = line
        next
    }
    /^branch/ {
        branches[file, line] = branch + 1
        if ($0 !~ /never executed/ && $4 + 0 > 0) taken[file, line, branch] = 1
        branch++
    }
    function percent(part, whole) { return whole ? 100 * part / whole : 100 }
    END {
        for (file in files) {
            n = h = b = t = 0; missing = ""
            for (line = 1; line <= last[file]; line++) {
                if (!((file, line) in lines)) continue
                n++; h += (file, line) in hit
                count = branches[file, line] + 0; reached = 0
                for (i = 0; i < count; i++) reached += (file, line, i) in taken
                if (((file, line) in closed) && reached == count - 1) count = reached
                b += count; t += reached
                if (!((file, line) in hit)) missing = missing " " line
                else if (reached < count) missing = missing " " line "?" count - reached
            }
            N += n; H += h; B += b; T += t
            gate = index(" " must " ", " " file " ") ? "*" : " "
            if (gate == "*" && t < b) failed = failed " " file
            printf "%-36s %s %5d lines %5.1f %%  %5d branches %5.1f %%\n", file, gate, n, percent(h, n), b, percent(t, b) | "sort"
            if (missing) gaps = gaps sprintf("%s:%s\n", file, missing)
        }
        close("sort")
        printf "%-36s   %5d lines %5.1f %%  %5d branches %5.1f %%\n\n", "all", N, percent(H, N), B, percent(T, B)
        print "not reached: lines, and line?branches"
        printf "%s", gaps | "sort"
        close("sort")
        if (failed) print "\ncoverage: branches of a reader or escaper (*) are not reached:" failed
        if (percent(H, N) < 95) print "\ncoverage: less than 95 % of all lines"
        exit failed || percent(H, N) < 95
    }'

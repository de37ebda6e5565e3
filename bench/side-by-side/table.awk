# Makes the table of what ./run measured. Reads the file rows, then results (row server key value), which come in any order.
# With -v markdown=1 as Markdown.
function trim(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); return text }

function shown(value) { return sprintf(value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value) }

function line(a, b, c, d, e, f) {
    if (markdown) printf "| %s | %s | %s | %s | %s | %s |\n", a, b, c, d, e, f
    else printf "%-56s %-14s %9s %9s %9s %9s\n", a, b, c, d, e, f
}

# Sorts what one server had in one number; returns how many they are.
function sorted(id,    count, i, j, swap) {
    count = split(values[id], list, " ")
    for (i = 2; i <= count; i++)
        for (j = i; j > 1 && list[j - 1] + 0 > list[j] + 0; j--) { swap = list[j]; list[j] = list[j - 1]; list[j - 1] = swap }
    return count
}

function median(count) { return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2 }

FILENAME ~ /rows$/ {
    if ($0 ~ /^#/ || $0 !~ /\|/) next
    split($0, column, "|")
    if (trim(column[1]) != "") row = trim(column[1])
    rowOf[++numbers] = row; keyOf[numbers] = trim(column[4]); factor[numbers] = trim(column[5]); meaning[numbers] = trim(column[6])
    next
}

{ id = $1 SUBSEP $3 SUBSEP $2; values[id] = values[id] " " $4; if (!($2 in known)) { known[$2]; servers[++serverCount] = $2 } }

END {
    line("", "server", "min", "median", "max", "x MyChat")
    if (markdown) print "|---|---|---:|---:|---:|---:|"
    for (n = 1; n <= numbers; n++) {
        first = 1
        count = sorted(rowOf[n] SUBSEP keyOf[n] SUBSEP "mychat")
        base = count ? median(count) : 0
        for (s = 1; s <= serverCount; s++) {
            count = sorted(rowOf[n] SUBSEP keyOf[n] SUBSEP servers[s])
            if (!count) continue
            ratio = base > 0 ? sprintf("%.2f", median(count) / base) : ""
            line(first ? meaning[n] : "", servers[s], shown(list[1] * factor[n]), shown(median(count) * factor[n]), shown(list[count] * factor[n]), ratio)
            first = 0
        }
    }
}

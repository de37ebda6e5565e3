# Read by what builds: two builds at once would write into the same obj folders, and what comes out can be broken without anybody noticing.
lock="$root/artifacts/.build"

# Waits until nobody else builds.
begin_build() {
    mkdir -p "$root/artifacts"
    told=
    until ln -s $$ "$lock" 2>/dev/null; do
        holder=$(readlink "$lock") || continue # gone meanwhile
        if ! kill -0 "$holder" 2>/dev/null; then
            # It was killed. Only one at a time may take such a lock away: else another's, made meanwhile, would go with it.
            if ln -s $$ "$lock.over" 2>/dev/null; then
                [ "$(readlink "$lock")" != "$holder" ] || rm -f "$lock"
                rm -f "$lock.over"
            elif over=$(readlink "$lock.over") && ! kill -0 "$over" 2>/dev/null; then
                rm -f "$lock.over"
            fi
            continue
        fi
        [ -n "$told" ] || echo "Waiting for another build (process $holder) ..." >&2
        told=1
        sleep 1
    done
    trap end_build EXIT
}

end_build() {
    rm -f "$lock"
    trap - EXIT
}

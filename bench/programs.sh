# For the scripts beside: $mychat and "$work/generator/MyChat.Bench", each built and on a core of its own. They have $root and a folder $work.

fail() { echo "$1" >&2; exit "${2:-1}"; }
say() { echo "$(date +%H:%M:%S) $1" >&2; }

on_server='' on_generator='' # what to put before a command
build_programs() {
    say "building"
    mychat=$("$root/.ci/publish")/mychat
    dotnet publish "$root/bench/MyChat.Bench" -c Release -o "$work/generator" -v quiet -nologo >"$work/build.log" 2>&1 || fail "$(cat "$work/build.log")"
    if [ "$(nproc)" -gt 1 ]; then
        cores=$(taskset -cp $$ | sed 's/.*: //' | tr ',' '\n' | awk -F- '{ for (i = $1; i <= ($2 == "" ? $1 : $2); i++) print i }')
        on_server="taskset -c $(echo "$cores" | sed -n 1p)" on_generator="taskset -c $(echo "$cores" | sed -n 2p)"
    else
        say "warning: one core only, so the load competes with the server"
    fi
}

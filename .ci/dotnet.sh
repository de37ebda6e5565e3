# Read by ./run and ./test: finds dotnet, checks its version, and keeps it quiet.
if ! command -v dotnet >/dev/null 2>&1; then
    for place in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
        if [ -x "$place/dotnet" ]; then
            PATH="$place:$PATH"
            break
        fi
    done
fi
if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    echo "MyChat needs the .NET SDK 10, which is not here: get it at https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 1
fi
# A user without a home (a service, a container) still needs somewhere for packages.
if [ ! -w "${HOME:-/nonexistent}" ]; then
    HOME="${root:?}/artifacts/home"
    mkdir -p "$HOME"
    export HOME
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

#!/usr/bin/env bash
# Whole processes, side by side: 'rulec compile' against 'iptables-restore --test' on large generated dumps, and
# the start of rulec against a NativeAOT hello world. Prints a Markdown table; RUNS=N for other than 7 rounds.
set -euo pipefail

here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
root=$(dirname -- "$(dirname -- "$here")")
generators=${RULEC_SHARED:-$root/../shared}/perf
runs=${RUNS:-7}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

skip() { echo "compare.sh: skipped: $1" >&2; }

# measure TITLE NAME=COMMAND... REFERENCE=COMMAND
measure() { python3 "$here/measure.py" "$runs" "$@"; }

hello_world() {
    mkdir "$work/hello"
    cat >"$work/hello/hello.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <PublishAot>true</PublishAot>
    <InvariantGlobalization>true</InvariantGlobalization>
  </PropertyGroup>
</Project>
XML
    echo 'System.Console.WriteLine("Hello, world");' >"$work/hello/Program.cs"
    dotnet publish "$work/hello" --configuration Release --use-current-runtime --output "$work/hello/out" \
        --disable-build-servers -nologo --verbosity quiet >&2
}

compare_start() {
    if [ -f "$root/artifacts/rulec/current/rulec.dll" ]; then
        skip 'start-up: the tool is not native here (no C compiler)'
        return
    fi
    hello_world
    # A few milliseconds each: more rounds.
    runs=$((runs * 3)) measure 'start' \
        "tools/rulec --version='$root/tools/rulec' --version" \
        "rulec --version='$root/artifacts/rulec/current/rulec' --version" \
        "hello world (NativeAOT)='$work/hello/out/hello'"
}

compare_compile() {
    local title=$1 file=$work/${2%.py}.save
    shift
    python3 "$generators/$1" "${@:2}" -o "$file"
    measure "$title" \
        "rulec compile='$root/tools/rulec' compile '$file'" \
        "iptables-restore --test=unshare -n iptables-restore --test '$file'"
}

"$root/tools/rulec" --version >/dev/null
echo '| what | command | wall, median | least to most | ratio | peak memory | ratio |'
echo '| --- | --- | --- | --- | --- | --- | --- |'
compare_start
if [ ! -d "$generators" ]; then
    skip "large dumps: no generators in $generators (RULEC_SHARED names another place)"
elif ! unshare -n iptables-restore --version >/dev/null 2>&1; then
    skip 'large dumps: needs root and iptables-restore'
else
    compare_compile 'flat firewall, 100,000 rules' flat_firewall.py --rules 100000
    compare_compile 'chain tree, 100,000 rules' chain_tree.py --rules 100000
    compare_compile 'kube-proxy, 20,000 services' kube_proxy.py --services 20000
    compare_compile 'sidecar, 1,000 exclusions' istio_sidecar.py --exclusions 1000
fi

#!/bin/sh
# Makes grammar/Generated again from grammar/*.g4 with ANTLR; needs Java 17 and npm.
# CI runs it and fails where `git diff --exit-code grammar/Generated` then shows a difference.
set -eu
cd "$(dirname "$0")/../grammar"
# From an empty folder: what ANTLR made of a grammar since renamed must not come back.
rm -rf obj/regenerate
dotnet build RuleCompiler.Grammar.csproj -c Release --nologo -v quiet -nodeReuse:false \
    -p:RegenerateParser=true -p:IntermediateOutputPath=obj/regenerate/

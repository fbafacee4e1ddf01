using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Binding;

/// <summary>What binding a dump gives: a ruleset for each family it has, IPv4 first, and what was wrong.</summary>
internal sealed record BindingResult(ImmutableArray<BoundRuleset> Rulesets, ImmutableArray<Diagnostic> Diagnostics);

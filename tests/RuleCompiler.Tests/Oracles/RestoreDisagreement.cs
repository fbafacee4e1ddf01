using System.Globalization;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles;

/// <summary>What the tool says of a rule.</summary>
/// <param name="IsTaken">Whether it loads.</param>
/// <param name="Text">The rule as printed, or the complaint.</param>
internal sealed record RestoreAnswer(bool IsTaken, string Text);

/// <summary>A rule of which the compiler says something else than the tool.</summary>
internal sealed record RestoreDisagreement(int Seed, SpelledRule Rule, Flavour Flavour, RestoreAnswer Tool, bool IsTakenByUs, string Ours)
{
    /// <summary>What disagreements of one kind have in common.</summary>
    public string Kind => $"{Rule.Extension} {(Tool.IsTaken ? "taken" : "refused")} {(IsTakenByUs ? "taken" : "refused")}";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}, {Flavour}, {(Rule.IsV6 ? "IPv6" : "IPv4")}, {Rule.Table}: {Rule.Rule}\n  tool  {(Tool.IsTaken ? "" : "refuses: ")}{Tool.Text}\n  ours  {(IsTakenByUs ? "" : "refuses: ")}{Ours}");
}

using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Linting;

/// <summary>Dumps for tests of the linter itself, and an analyzer that finds what the test says.</summary>
internal static class Linted
{
    /// <summary>A check of the tests; the product knows none of this ID.</summary>
    public static LintCheck Check { get; } = CheckOf("IPT3900");

    public static LintCheck CheckOf(string id) => new(
        new DiagnosticDescriptor(id, DiagnosticSeverity.Warning)
        {
            Title = "A drop",
            Message = "This rule drops",
            Explanation = "For tests.",
            Example = "",
            Corrected = "",
        },
        "a-drop");

    public static Compilation Compile(string dump, string path = "dump.rules") =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From(dump, path)));

    /// <summary>What is known of the machine: JSON as <c>--host</c> reads it, without the outer braces.</summary>
    public static LintOptions WithHost(string facts) => new()
    {
        Host = HostFactsJson.Read(SourceText.From($"{{ {facts} }}", "host.json")).Facts
            ?? throw new ArgumentException("these are no facts", nameof(facts)),
    };

    /// <summary>The same, of a pod with one address and processes.</summary>
    public static LintOptions WithProcesses(string processes) => WithHost($$"""
        "interfaces": [{ "name": "eth0", "addresses": ["10.244.1.7/24"] }],
        "routes": [{ "destination": "default", "via": "10.244.1.1", "interface": "eth0" }],
        "processes": [{{processes}}]
        """);

    /// <summary>What the linter makes of a dump with the analyzers given.</summary>
    public static LintResult Run(string dump, LintOptions? options = null, params ImmutableArray<LintAnalyzer> analyzers) =>
        Linter.Run([new LintInput(Compile(dump), options ?? LintOptions.Default)], analyzers)[0];

    /// <summary>A finding about a rule.</summary>
    public static Finding At(LintContext context, RuleSymbol rule, LintCheck? check = null) => new()
    {
        Descriptor = (check ?? Check).Descriptor,
        Severity = (check ?? Check).Descriptor.Severity,
        Location = context.LocationOf(rule),
        Message = (check ?? Check).Descriptor.Format([]),
        Family = context.Family,
        Chain = rule.Chain,
        RuleNumber = rule.RuleNumber,
    };

    /// <summary>Every rule whose target is DROP.</summary>
    public static IEnumerable<RuleSymbol> Drops(LintContext context) =>
        from chain in context.Ruleset.Chains
        from rule in chain.Rules
        where rule.Target?.Extension.Name == "DROP"
        select new RuleSymbol(chain.Symbol, rule.Number);

    /// <summary>An analyzer of one check.</summary>
    public sealed class Analyzer(Func<LintContext, IEnumerable<Finding>> analyze, params ImmutableArray<LintCheck> checks) : LintAnalyzer
    {
        /// <summary>Finds every DROP.</summary>
        public static Analyzer OfDrops { get; } = new(context => Drops(context).Select(rule => At(context, rule)));

        public override ImmutableArray<LintCheck> Checks { get; } = checks.IsDefaultOrEmpty ? [Check] : checks;

        public override IEnumerable<Finding> Analyze(LintContext context) => analyze(context);
    }
}

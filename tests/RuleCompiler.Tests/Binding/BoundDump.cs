using NUnit.Framework;
using RuleCompiler.Binding;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Binding;

/// <summary>What became of a dump: its chains and rules as text, for tests that ask for the rules and not the problems.</summary>
internal static class BoundDump
{
    /// <summary>The rules, each as <c>-A CHAIN ...</c>, of a dump without errors.</summary>
    public static IEnumerable<string> Rules(string dump, Family family = Family.IPv4, CompilationOptions? options = null) =>
        from chain in Bind(dump, family, options).Chains
        from rule in chain.Rules
        select $"-A {chain.Symbol.Name} {RuleText.Of(rule)}".TrimEnd();

    /// <summary>The rules of a filter table that holds these lines.</summary>
    public static IEnumerable<string> FilterRules(string lines, CompilationOptions? options = null) =>
        Rules($"*filter\n{lines}\nCOMMIT\n", Family.IPv4, options);

    /// <summary>The bound rules of a dump without errors.</summary>
    public static BoundRuleset Bind(string dump, Family family = Family.IPv4, CompilationOptions? options = null)
    {
        var compilation = Compile(dump, options);
        Assert.That(compilation.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error), Is.Empty, dump);
        return compilation.GetRuleset(family) ?? throw new AssertionException($"nothing of {family} in: {dump}");
    }

    public static Compilation Compile(string dump, CompilationOptions? options = null) =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)), options);
}

using System.Text.Json;
using NUnit.Framework;
using RuleCompiler.Binding;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Binding;

/// <summary>What iptables-restore took and refused, and how iptables-save printed it, recorded once.</summary>
/// <remarks>The files are those of <c>kernel-traces/README.md</c> that hold no traces.</remarks>
internal sealed class RecordedRulesTests
{
    /// <summary>Refused by the tools, and yet read: a dump that was cut off, and rules as <c>iptables -S</c> prints them.</summary>
    private static readonly string[] ReadAnyway = ["file-no-commit", "file-rule-first"];

    [Test]
    public void Rules_print_as_iptables_save_printed_them() => Check("format.json", (one, flavour) =>
    {
        if (!one.TryGetProperty("canonical", out var canonical)
            && !one.TryGetProperty($"canonical-{NameOf(flavour)}", out canonical))
        {
            return null;
        }
        var expected = RulesOf(canonical.GetString() ?? "");
        var compilation = Compile(one, flavour);
        var printed = PrintRules(compilation, FamilyOf(one));
        return printed == expected || HasUnknowns(compilation) ? null : $"expected:\n{expected}\nprinted:\n{printed}\n{string.Join('\n', compilation.Diagnostics)}";
    });

    [Test]
    public void Errors_are_where_iptables_restore_refused() => Check("refused.json", (one, flavour) =>
    {
        var isRefused = one.GetProperty(NameOf(flavour)).GetProperty("refused").GetBoolean();
        var compilation = Compile(one, flavour);
        return compilation.HasErrors == isRefused
            || HasUnknowns(compilation)
            || ReadAnyway.Contains(one.GetProperty("name").GetString())
            ? null
            : $"refused: {isRefused}\n{one.GetProperty("input").GetString()}{string.Join('\n', compilation.Diagnostics)}";
    });

    private static void Check(string file, Func<JsonElement, Flavour, string?> findDifference)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Require($"kernel-traces/{file}")));
        var wrong =
            from one in document.RootElement.EnumerateArray()
            from flavour in new[] { Flavour.Nft, Flavour.Legacy }
            let difference = findDifference(one, flavour)
            where difference is not null
            select $"{one.GetProperty("name").GetString()}, {flavour}: {difference}";

        Assert.That(wrong.ToArray(), Is.Empty, () => string.Join("\n\n", wrong));
    }

    private static Compilation Compile(JsonElement one, Flavour flavour) => Compilation.Create(
        SyntaxTree.Parse(SourceText.From(one.GetProperty("input").GetString() ?? "")),
        new CompilationOptions { Family = FamilyOf(one), Flavour = flavour });

    /// <summary>What the compiler does not know it can neither print in canonical form nor refuse.</summary>
    private static bool HasUnknowns(Compilation compilation) => compilation.Diagnostics.Any(d =>
        d.Descriptor == BindingDiagnostics.UnknownMatch
        || d.Descriptor == BindingDiagnostics.UnknownOption
        || d.Descriptor == BindingDiagnostics.UnknownTarget);

    private static string PrintRules(Compilation compilation, Family family)
    {
        var rules =
            from chain in compilation.GetRuleset(family)?.Chains ?? []
            from rule in chain.Rules
            select $"-A {chain.Symbol.Name} {RuleText.Of(rule)}".TrimEnd();
        return string.Join('\n', rules.OrderBy(ChainOf, StringComparer.Ordinal));
    }

    private static string RulesOf(string dump) => string.Join(
        '\n',
        dump.Split('\n').Where(line => line.StartsWith("-A ", StringComparison.Ordinal)).OrderBy(ChainOf, StringComparer.Ordinal));

    private static string ChainOf(string rule) => rule.Split(' ')[1];

    private static Family FamilyOf(JsonElement one) => one.GetProperty("family").GetString() == "ipv6" ? Family.IPv6 : Family.IPv4;

    private static string NameOf(Flavour flavour) => flavour == Flavour.Nft ? "nft" : "legacy";
}
